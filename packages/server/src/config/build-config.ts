import { resolve } from 'node:path';
import { type Endpoint, parseWebhookSecret, type WebhookSecret } from '@orderkeeper/keeper';
import type { ApiKeyHolder, Config, ConfiguredMerchant, Gateway } from './config.ts';
import { type ConfigTexts, merchantSchema } from './config-schema.ts';
import { isTable } from './environment.ts';
import type { ConfigProblem, PathPart } from './problem.ts';
import { readMerchant } from './read-merchant.ts';
import { readSecret, readText, type SourceFolder } from './read-secret.ts';
import { readSimulatorCredentials, type SimulatorCredentials } from './read-simulator-credentials.ts';

/** A configuration, or every problem. */
export type ConfigBuild =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Gathers problems, so that a user sees all of them at once. */
interface Building extends SourceFolder {
  readonly report: (path: readonly PathPart[], message: string) => void;
}

const API_KEY_CHARACTERS_MIN = 24;
const LOOPBACK = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|::1)$/;

/** Follows a file's references to secrets and certificates, and checks what only several keys together can break. */
export function buildConfig(texts: ConfigTexts, from: SourceFolder): ConfigBuild {
  const problems: ConfigProblem[] = [];
  const building: Building = { ...from, report: (path, message) => problems.push({ path, message }) };
  const credentials = readCredentials(texts, building);
  const merchants = buildMerchants(texts, credentials, building);
  const config: Config = {
    listen: texts.listen,
    ...(texts.public_url === undefined ? {} : { publicUrl: texts.public_url }),
    storePath: resolve(from.folder, texts.store.path),
    logLevel: texts.log.level,
    stopWithinMs: texts.stop_within_ms,
    apiKeys: buildApiKeys(texts, building),
    merchants,
    webhooks: buildWebhooks(texts, mchidsOf(texts, credentials), building),
    gateway: buildGateway(texts, credentials, building),
  };
  checkTogether(texts, config, building);
  return problems.length === 0 ? { ok: true, config } : { ok: false, problems };
}

function readCredentials({ gateway }: ConfigTexts, building: Building): SimulatorCredentials | undefined {
  const { simulator_credentials: path, primary } = gateway;
  if (path === undefined) return undefined;
  if (primary !== undefined)
    building.report(['gateway', 'primary'], 'is there beside simulator_credentials; keep one of both');
  const credentials = readSimulatorCredentials(path, building);
  if (credentials.ok) return credentials.value;
  building.report(['gateway', 'simulator_credentials'], credentials.message);
  return undefined;
}

function buildMerchants(
  texts: ConfigTexts,
  credentials: SimulatorCredentials | undefined,
  building: Building,
): readonly ConfiguredMerchant[] {
  const merchants: ConfiguredMerchant[] = [];
  for (const [index, each] of texts.merchants.entries()) {
    const earlier = texts.merchants.findIndex(({ mchid }) => mchid === each.mchid);
    if (each.mchid !== undefined && earlier !== index)
      building.report(['merchants', index, 'mchid'], `is that of merchants[${earlier}] too`);
    const reading = readMerchant(each, building);
    if (reading.ok) merchants.push(reading.merchant);
    else for (const { path, message } of reading.problems) building.report(['merchants', index, ...path], message);
  }
  const isKnown = texts.merchants.some(({ mchid }) => mchid === credentials?.merchant.mchid);
  return credentials === undefined || isKnown ? merchants : [...merchants, credentials.merchant];
}

/** What is wrong with the merchants of a file that has the wrong form elsewhere: nobody wants to be told in portions. */
export function merchantProblems(content: unknown, from: SourceFolder): readonly ConfigProblem[] {
  const merchants: readonly unknown[] =
    isTable(content) && Array.isArray(content['merchants']) ? content['merchants'] : [];
  return merchants.flatMap((each, index) => {
    const texts = merchantSchema.safeParse(each);
    const reading = texts.success ? readMerchant(texts.data, from) : undefined;
    if (reading === undefined || reading.ok) return [];
    return reading.problems.map(({ path, message }) => ({ path: ['merchants', index, ...path], message }));
  });
}

const mchidsOf = (texts: ConfigTexts, credentials: SimulatorCredentials | undefined): readonly string[] => [
  ...texts.merchants.flatMap(({ mchid = [] }) => mchid),
  ...(credentials === undefined ? [] : [credentials.merchant.mchid]),
];

function buildApiKeys(texts: ConfigTexts, building: Building): readonly ApiKeyHolder[] {
  const holders: ApiKeyHolder[] = [];
  for (const [index, { name, key: source }] of texts.api_keys.entries()) {
    const key = readSecret(source, building);
    const report = (message: string): void => building.report(['api_keys', index, 'key'], message);
    if (!key.ok) report(key.message);
    else if (key.value.reveal().length < API_KEY_CHARACTERS_MIN)
      report(`has fewer than ${API_KEY_CHARACTERS_MIN} characters: it could be guessed`);
    else if (!/^[!-~]+$/.test(key.value.reveal())) report('may contain only visible ASCII characters (! to ~)');
    else if (holders.some((other) => other.name === name))
      building.report(['api_keys', index, 'name'], 'is the name of an earlier key too');
    else holders.push({ name, key: key.value });
  }
  return holders;
}

function buildWebhooks(texts: ConfigTexts, mchids: readonly string[], building: Building): readonly Endpoint[] {
  return texts.webhooks.map(({ name, url, secrets, mchids: wanted }, index) => {
    if (texts.webhooks.findIndex((other) => other.name === name) !== index)
      building.report(['webhooks', index, 'name'], 'is the name of an earlier receiver too');
    const foreign = wanted?.find((mchid) => !mchids.includes(mchid));
    if (foreign !== undefined) building.report(['webhooks', index, 'mchids'], `${foreign} is not among the merchants`);
    const read = secrets.flatMap((source, position): readonly WebhookSecret[] => {
      const text = readSecret(source, building);
      const secret = text.ok ? parseWebhookSecret(text.value.reveal()) : text;
      if (secret.ok) return [secret.value];
      building.report(['webhooks', index, 'secrets', position], secret.message);
      return [];
    });
    return { name, url, secrets: read, ...(wanted === undefined ? {} : { mchids: wanted }) };
  });
}

function buildGateway(
  { gateway, simulator }: ConfigTexts,
  credentials: SimulatorCredentials | undefined,
  building: Building,
): Gateway {
  if (simulator !== undefined) {
    const { folder, http_port: httpPort, https_port: httpsPort, control_port: controlPort } = simulator;
    return { kind: 'simulator', folder: resolve(building.folder, folder), httpPort, httpsPort, controlPort };
  }
  if (credentials !== undefined) return { kind: 'hosts', hosts: credentials.hosts, ca: credentials.ca };
  const { primary, secondary, ca: path } = gateway;
  if (primary === undefined && secondary !== undefined)
    building.report(['gateway', 'secondary'], 'is there without primary');
  const ca = path === undefined ? undefined : readText(path, building);
  if (ca?.ok === false) building.report(['gateway', 'ca'], ca.message);
  return {
    kind: 'hosts',
    ...(primary === undefined ? {} : { hosts: { primary, ...(secondary === undefined ? {} : { secondary }) } }),
    ...(ca?.ok === true ? { ca: ca.value } : {}),
  };
}

function checkTogether(texts: ConfigTexts, config: Config, { report }: Building): void {
  if (config.gateway.kind === 'simulator') {
    if (!LOOPBACK.test(config.listen.host))
      report(['listen', 'host'], 'must be 127.0.0.1 with a simulator: anybody could pay with play money');
    if (texts.merchants.length > 0) report(['merchants'], 'are not used beside [simulator], which brings its own');
    return;
  }
  if (texts.merchants.length === 0 && texts.gateway.simulator_credentials === undefined)
    report(['merchants'], 'is missing; for a try without a merchant write the table [simulator] instead');
  if (texts.api_keys.length === 0) report(['api_keys'], 'is missing: nobody could use /v1');
  if (config.gateway.hosts === undefined && config.publicUrl === undefined)
    report(['public_url'], 'is missing: WeChat Pay needs an address to send notices to');
}
