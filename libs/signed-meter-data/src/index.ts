export * from './curves';
export * from './examine';
export * from './public-key';
export * from './record-verdict';
export * from './signed-transaction';
export * from './transparency-xml';
export * from './unwrapped';
export * from './verdict';
export { type KeysFor } from './ocmf';
