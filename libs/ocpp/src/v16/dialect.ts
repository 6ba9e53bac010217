import { type Dialect } from '../rpc/frame';

/**
 * OCPP-J 1.6, 4.2.3, table 7: `FormationViolation`, and `OccurenceConstraintViolation` with one r.
 * It has no code for a broken frame.
 */
export const dialect: Dialect = {
  spelling: {
    format: 'FormationViolation',
    occurrence: 'OccurenceConstraintViolation',
    type: 'TypeConstraintViolation',
    property: 'PropertyConstraintViolation',
    protocol: 'ProtocolError',
    notImplemented: 'NotImplemented',
    notSupported: 'NotSupported',
    security: 'SecurityError',
    internal: 'InternalError',
    generic: 'GenericError',
    framework: 'GenericError',
  },
  unreadable: { withId: 'format', withoutId: 'framework' },
};
