/**
 * Which way imports may go. `may` are packages of this repository, `builtins` are modules of Node; `'any'` means any.
 * Packages from the registry must be declared by the package that imports them. Tests may use Node and the test tools,
 * and the packages `inTests`.
 */
export const IMPORT_TABLE = {
  protocol: { may: [], builtins: ['node:crypto', 'node:zlib'] },
  ports: { may: [], builtins: 'any' },
  client: { may: ['protocol', 'ports'], builtins: ['node:crypto', 'node:zlib', 'node:tls'] },
  simulator: { may: ['protocol', 'ports'], builtins: 'any' },
  keeper: { may: ['client', 'protocol', 'ports'], inTests: ['simulator'], builtins: 'any' },
  scenarios: { may: ['keeper', 'client', 'simulator', 'protocol', 'ports'], builtins: 'any' },
  server: { may: ['keeper', 'client', 'simulator', 'protocol', 'ports'], builtins: 'any' },
};

/** In `ports` only the real implementations reach for the world. */
export const REAL_IMPLEMENTATION = /^packages\/ports\/src\/(?:system-|undici-)[^/]*\.ts$/;

/**
 * What the simulator may not take from `protocol`, by the file that declares it: it reads the rules a second time, by
 * itself, so that client and simulator cannot agree by accident. The wire formats (XML, signatures, values, bills) are shared.
 */
export const CLIENT_ONLY =
  /^packages\/protocol\/src\/(?:v2\/(?:operations\/|codes\/|envelope\.ts|request\.ts|operation\.ts|field-[a-z]+\.ts|coupons\.ts)|v3\/(?:operations\/|codes\/|keys\/|json\/|notices\/|operations?\.ts|request\.ts|payment\.ts|coupons\.ts))/;
