export { type Folded, type Kept, folded } from './kept-row';
export { keptRow, keptValues } from './kept-rows';
export { type Rebuildable, rebuildsController } from './rebuilds.controller';
