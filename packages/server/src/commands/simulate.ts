import type { Command } from 'commander';
import { startSimulator } from '@orderkeeper/simulator';
import { EXIT_CODE } from '../exit-code.ts';
import { parsePort } from './parse-port.ts';

interface SimulateOptions {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly controlPort: number;
  readonly host: string;
  readonly credentials?: string;
  readonly legacyTls?: true;
  readonly json?: true;
}

/** `orderkeeper simulate`: WeChat Pay on this machine, until it is interrupted. */
export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('run WeChat Pay on this machine, with real signatures, its own clock and faults on demand')
    .option('--http-port <port>', 'plain HTTP; 0 is any free port', parsePort, 0)
    .option('--https-port <port>', 'HTTPS, with client certificates where WeChat Pay demands them', parsePort, 0)
    .option('--control-port <port>', 'the control API and the phone page', parsePort, 0)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--credentials <file>', "write the merchant's keys and certificates here; an existing file is used again")
    .option('--legacy-tls', 'also let in clients that speak only TLS 1.0, as old Java does')
    .option('--json', 'print the line as JSON')
    .action(simulate);
}

async function simulate(options: SimulateOptions): Promise<void> {
  const { httpPort, httpsPort, controlPort, host, credentials, legacyTls, json } = options;
  try {
    const simulator = await startSimulator({
      httpPort,
      httpsPort,
      controlPort,
      host,
      ...(credentials === undefined ? {} : { credentialsFile: credentials }),
      ...(legacyTls === undefined ? {} : { legacyTls: 'allowed' }),
    });
    const stop = (): void => {
      void simulator.close().then(() => process.exit(EXIT_CODE.done));
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const { http, https, control } = simulator;
    process.stdout.write(
      json === undefined
        ? `simulator ready: http ${http}, https ${https}, control ${control}\n`
        : `${JSON.stringify({ http, https, control })}\n`,
    );
  } catch (error) {
    process.stderr.write(`orderkeeper simulate: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT_CODE.rejected;
  }
}
