import type { Command } from 'commander';
import { destination } from 'pino';
import { systemConfigWorld } from '../config/config-world.ts';
import { readConfig } from '../config/read-config.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { createLogger } from '../wiring/create-logger.ts';
import { startService } from '../wiring/start-service.ts';
import { stopOnSignal } from '../wiring/stop-on-signal.ts';
import { whereToLook } from '../wiring/where-to-look.ts';
import { parsePort } from './parse-port.ts';

interface ServeOptions {
  readonly config?: string;
  readonly port?: number;
  readonly json?: true;
}

/** `orderkeeper serve`: keeps orders until it is stopped. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('keep orders: the HTTP interface, the worker and the notify address, in one process')
    .option('--config <file>', 'default ./orderkeeper.toml; without any, a try-out with a simulator on this machine')
    .option('--port <port>', 'the port to listen on; 0 is any free port', parsePort)
    .option('--json', 'print the line that it is ready as JSON')
    .action(serve);
}

async function serve({ config: file, port, json }: ServeOptions): Promise<void> {
  const read = readConfig(
    { ...(file === undefined ? {} : { file }), ...(port === undefined ? {} : { port }) },
    systemConfigWorld(),
  );
  if (!read.ok) {
    process.stderr.write(`${read.message}\n`);
    process.exitCode = EXIT_CODE.wrongUse;
    return;
  }
  const { config } = read.value;
  const log = createLogger(config.logLevel, destination({ fd: process.stderr.fd, sync: true }));
  try {
    const service = await startService(config, log);
    stopOnSignal(service, { withinMs: config.stopWithinMs, log });
    const { origin, mchids, simulator } = service;
    const facts = { origin, mchids, ...(simulator === undefined ? {} : { control: simulator.control }) };
    process.stdout.write(`${json === undefined ? whereToLook(service) : JSON.stringify(facts)}\n`);
  } catch (error) {
    process.stderr.write(`orderkeeper serve: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT_CODE.rejected;
  }
}
