import { type Dialect } from '../rpc/frame';

/** OCPP 2.0.1 part 4, 4.3, table 7. */
export const dialect: Dialect = {
  spelling: {
    format: 'FormatViolation',
    occurrence: 'OccurrenceConstraintViolation',
    type: 'TypeConstraintViolation',
    property: 'PropertyConstraintViolation',
    protocol: 'ProtocolError',
    notImplemented: 'NotImplemented',
    notSupported: 'NotSupported',
    security: 'SecurityError',
    internal: 'InternalError',
    generic: 'GenericError',
    framework: 'RpcFrameworkError',
  },
  unreadable: { withId: 'framework', withoutId: 'framework' },
};
