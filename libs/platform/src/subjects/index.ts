export { type ErasureParts, erasingRows, forgetting } from './erasures';
export { MasterKey } from './master-key';
export { type OpenedSubjects, type SubjectSettings, openSubjects } from './open-subjects';
export { SealedPersonalData, unsealed } from './personal-data';
export { type PersonalData, type SubjectKeyring } from './ports';
export { SealedEventStore } from './sealed-event-store';
export { SealedMessageBus } from './sealed-message-bus';
export { erasedMark, isMark, sealedFor } from './subject-key';
export { SubjectKeys } from './subject-keys';
