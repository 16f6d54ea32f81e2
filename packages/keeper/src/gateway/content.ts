import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { Attempt } from '../core/order.ts';
import { readSceneInfo, type SceneInfoText } from './scene-info-text.ts';

/** Why an attempt cannot be sent. */
export type ContentReason = 'content-invalid';

/** A part of an attempt in the words of a protocol, or which field cannot be sent. */
export type Read<Value> = Result<Value, ContentReason>;

/** The failure of a {@link Read}. */
export const invalid = (message: string): Read<never> => failure('content-invalid', message);

/** The scene of an attempt; nothing where it has none. */
export function sceneOf({ content }: Attempt): Read<SceneInfoText> {
  if (content.sceneInfo === undefined) return ok({});
  const scene = readSceneInfo(content.sceneInfo);
  return scene.ok ? scene : invalid(scene.message);
}
