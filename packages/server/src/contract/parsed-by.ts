import type { Result } from '@orderkeeper/protocol';
import { z } from 'zod';

/** A text that one of our parsers reads; refused with the parser's own sentence. */
export const parsedBy = <Value>(parse: (text: string) => Result<Value, string>) =>
  z.string().transform((text, context) => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  });
