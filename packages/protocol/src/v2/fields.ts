/** The fields of one v2 message, in the order of the wire. A map, so that no field name is special (`__proto__`). */
export type Fields = ReadonlyMap<string, string>;
