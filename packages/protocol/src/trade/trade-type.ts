/** How the payer meets the order. `MICROPAY` occurs in answers only. */
export type TradeType = 'JSAPI' | 'NATIVE' | 'APP' | 'MWEB' | 'MICROPAY';
