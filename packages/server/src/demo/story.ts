import type { ProtocolVersion } from '@orderkeeper/keeper';
import type { DemoWorld } from './demo-world.ts';

/** A story to be told in an empty world. */
export interface Story {
  /** Stable, for programs. */
  readonly name: string;
  /** What it is about, in the protocol in which it is told. */
  readonly title: (protocol: ProtocolVersion) => string;
  readonly run: (world: DemoWorld) => Promise<void>;
}
