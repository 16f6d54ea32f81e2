import { dirname, resolve } from 'node:path';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import { parse, TomlError } from 'smol-toml';
import { buildConfig, merchantProblems } from './build-config.ts';
import type { Config } from './config.ts';
import { type ConfigTexts, configSchema } from './config-schema.ts';
import type { ConfigWorld } from './config-world.ts';
import { CONFIG_FILE_VARIABLE, isTable, overlay, readEnvironment } from './environment.ts';
import { type Origins, printProblems } from './print-problems.ts';
import type { ConfigProblem } from './problem.ts';

/** The file that is read when nobody names one. */
export const CONFIG_FILE_DEFAULT = 'orderkeeper.toml';

/** What the command line says; it wins over the environment. */
export interface ConfigOptions {
  readonly file?: string;
  readonly port?: number;
}

/** A configuration and where it was read, or every problem, one a line; never a secret. */
export type ConfigReading = Result<{ readonly config: Config; readonly file?: string }, 'config-invalid'>;

interface FileText {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the file and the environment, which wins, and everything they lead to: secrets and certificates. Without a file
 * and without a merchant in the environment the service runs with a simulator, on loopback.
 */
export function readConfig(options: ConfigOptions, world: ConfigWorld): ConfigReading {
  const file = readFileText(options, world);
  if (!file.ok) return failure('config-invalid', file.message);
  const content = parseToml(file.value);
  if (!content.ok) return content;
  const environment = readEnvironment(world, variablesIn(content.value));
  const origins: Origins = {
    environment: environment.ok ? environment.value : [],
    ...(file.value === undefined ? {} : { file: file.value }),
  };
  const invalid = (problems: readonly ConfigProblem[]): ConfigReading =>
    failure('config-invalid', printProblems(problems, origins));
  if (!environment.ok) return invalid(environment.problems ?? [{ path: [], message: environment.message }]);
  const folder = file.value === undefined ? world.folder : dirname(resolve(world.folder, file.value.path));
  const whole = overlay(content.value, environment.value);
  const parsed = parseTexts(whole);
  if (!parsed.ok) return invalid([...parsed.problems, ...merchantProblems(whole, { world, folder })]);
  const texts = withOptions(withSimulator(parsed.texts, file.value), options);
  const built = buildConfig(texts, { world, folder });
  if (!built.ok) return invalid(built.problems);
  return ok({ config: built.config, ...(file.value === undefined ? {} : { file: file.value.path }) });
}

function readFileText(options: ConfigOptions, world: ConfigWorld): Result<FileText | undefined, 'not-found'> {
  const named = options.file ?? world.env[CONFIG_FILE_VARIABLE];
  const path = named ?? CONFIG_FILE_DEFAULT;
  const bytes = world.readFile(resolve(world.folder, path));
  if (bytes.ok) return ok({ path, text: new TextDecoder().decode(bytes.value) });
  return named === undefined && bytes.reason === 'not-found' ? ok(undefined) : failure('not-found', bytes.message);
}

/** The parser's own message shows the line itself, which may hold what must not be seen: only its place is told. */
function parseToml(file: FileText | undefined): Result<unknown, 'config-invalid'> {
  if (file === undefined) return ok({});
  try {
    return ok(parse(file.text));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const place = `${file.path}:${error.line}:${error.column}`;
    return failure('config-invalid', `${place} is not TOML from here on; see orderkeeper.example.toml`);
  }
}

/** The variables that a file names as secrets. */
function variablesIn(content: unknown): ReadonlySet<string> {
  if (Array.isArray(content)) return new Set(content.flatMap((each) => [...variablesIn(each)]));
  if (!isTable(content)) return new Set();
  const { env } = content;
  return new Set([
    ...(typeof env === 'string' ? [env] : []),
    ...Object.values(content).flatMap((each) => [...variablesIn(each)]),
  ]);
}

type TextsReading =
  | { readonly ok: true; readonly texts: ConfigTexts }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

function parseTexts(content: unknown): TextsReading {
  const parsed = configSchema.safeParse(content, {
    error: ({ code, input }) => (code === 'invalid_type' && input === undefined ? 'is missing' : undefined),
  });
  if (parsed.success) return { ok: true, texts: parsed.data };
  const problems = parsed.error.issues.flatMap((issue): readonly ConfigProblem[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: 'is not a key; docs/CONFIGURATION.md lists them',
    }));
  });
  return { ok: false, problems };
}

/** A lost file must not turn a shop into a game, so a file without a merchant has to ask for the simulator. */
function withSimulator(texts: ConfigTexts, file: FileText | undefined): ConfigTexts {
  const isTold = file !== undefined || texts.merchants.length > 0 || texts.gateway.simulator_credentials !== undefined;
  if (isTold || texts.simulator !== undefined) return texts;
  const simulator = configSchema.shape.simulator.parse({});
  return simulator === undefined ? texts : { ...texts, simulator };
}

const withOptions = (texts: ConfigTexts, { port }: ConfigOptions): ConfigTexts =>
  port === undefined ? texts : { ...texts, listen: { ...texts.listen, port } };
