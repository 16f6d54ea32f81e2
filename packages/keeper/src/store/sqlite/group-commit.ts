import type { Connection } from './connection.ts';

/** Runs work in a transaction that it may share with others; resolves with what `work` answered, after the commit. */
export type Commit = <Answer>(work: () => Answer) => Promise<Answer>;

/** Decides when waiting work is committed: calls `commitWaiting` once, later. */
export type Gather = (commitWaiting: () => void) => void;

/** Settings of {@link createGroupCommit}. */
export interface GroupCommitOptions {
  readonly connection: Connection;
  /** How many may share a transaction; the event loop stands still for as long as the group takes. */
  readonly groupSizeMax: number;
  readonly gather: Gather;
}

/** The writing side of a store. */
export interface GroupCommit {
  readonly commit: Commit;
  /** Commits what waits, at once; every later {@link commit} rejects. */
  readonly close: () => void;
}

interface Waiting {
  /** Does the work, and gives back how to answer once it is durable. */
  readonly work: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets all work that was asked for in one turn of the event loop share one transaction and so one sync to disk: the sync
 * costs as much as dozens of changes. Each has a savepoint of its own, so that one that throws undoes nothing of the
 * others, and nobody is answered before the commit.
 */
export function createGroupCommit({ connection, groupSizeMax, gather }: GroupCommitOptions): GroupCommit {
  const runGroup = createGroupRunner(connection);
  let waiting: Waiting[] = [];
  let phase: 'idle' | 'gathering' | 'closed' = 'idle';

  const commitWaiting = (): void => {
    if (phase === 'closed') return;
    const group = waiting.slice(0, groupSizeMax);
    waiting = waiting.slice(groupSizeMax);
    phase = waiting.length > 0 ? 'gathering' : 'idle';
    if (phase === 'gathering') gather(commitWaiting);
    runGroup(group);
  };

  return {
    commit: <Answer>(work: () => Answer) =>
      new Promise<Answer>((resolve, reject) => {
        if (phase === 'closed') {
          reject(new Error('the store is closed'));
          return;
        }
        const workAndAnswer = (): (() => void) => {
          const value = work();
          return () => resolve(value);
        };
        waiting.push({ work: workAndAnswer, fail: reject });
        if (phase === 'gathering') return;
        phase = 'gathering';
        gather(commitWaiting);
      }),
    close: () => {
      while (waiting.length > 0) commitWaiting();
      phase = 'closed';
    },
  };
}

function createGroupRunner(connection: Connection): (group: readonly Waiting[]) => void {
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');
  const savepoint = connection.prepare('SAVEPOINT request');
  const release = connection.prepare('RELEASE request');
  const undo = connection.prepare('ROLLBACK TO request');

  /** Does one piece of work, or undoes it, and says how to answer. */
  const runOne = ({ work, fail }: Waiting): (() => void) => {
    savepoint.run();
    try {
      const answer = work();
      release.run();
      return answer;
    } catch (error) {
      // After a full disk or a failed read SQLite has already undone the whole group.
      if (!connection.isInTransaction()) throw error;
      undo.run();
      release.run();
      return () => fail(error);
    }
  };

  return (group) => {
    const answers: (() => void)[] = [];
    try {
      begin.run();
      for (const waiting of group) answers.push(runOne(waiting));
      commit.run();
    } catch (error) {
      if (connection.isInTransaction()) rollback.run();
      for (const { fail } of group) fail(error);
      return;
    }
    for (const answer of answers) answer();
  };
}
