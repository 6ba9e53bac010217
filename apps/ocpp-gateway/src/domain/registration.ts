type Registration = 'accepted' | 'pending' | 'rejected';

export interface Registered {
  /** What the next boot is answered. */
  readonly registration: Registration;
  /** What the last boot was answered; absent: it never booted here. */
  readonly bootedAs?: Registration;
}

/** A reconnect without a boot is normal: then what the operator decided holds (OCPP-J-CONN-14). */
export const standing = ({ registration, bootedAs }: Registered): Registration =>
  bootedAs ?? registration;
