import { type Evse, type Location } from '@voltledger/contracts';
import { type EvseDataRecord } from './evse-data.schema';
import { type OperatorProfile } from './operator-profile';

type Can = (...capabilities: readonly string[]) => boolean;
type Mode = EvseDataRecord['AuthenticationModes'][number];
type Service = EvseDataRecord['ValueAddedServices'][number];

const CARD_PAYMENT = [
  'CREDIT_CARD_PAYABLE',
  'DEBIT_CARD_PAYABLE',
  'CHIP_CARD_SUPPORT',
  'CONTACTLESS_CARD_SUPPORT',
  'PED_TERMINAL',
];

/** What OICP says about an EVSE besides where it is and what it delivers (part 22.6). */
export function attributesOf(
  location: Pick<Location, 'publish'>,
  evse: Pick<Evse, 'capabilities'>,
  operator: OperatorProfile,
) {
  const can: Can = (...capabilities) =>
    capabilities.some((each) => evse.capabilities.includes(each));
  return {
    RenewableEnergy: operator.renewableEnergy,
    CalibrationLawDataAvailability: operator.calibrationLaw,
    AuthenticationModes: authenticationModes(can, operator),
    PaymentOptions: can(...CARD_PAYMENT) ? ['Direct', 'Contract'] : ['Contract'],
    ValueAddedServices: valueAddedServices(can, operator),
    Accessibility: location.publish ? operator.accessibility : 'Restricted access',
    HotlinePhoneNumber: operator.hotline,
    IsOpen24Hours: true,
    IsHubjectCompatible: isRemote(can, operator),
    DynamicInfoAvailable: 'true',
    ...(can('CHARGING_PROFILE_CAPABLE') && { DynamicPowerLevel: true }),
  };
}

const isRemote = (can: Can, { remoteControl }: OperatorProfile): boolean =>
  remoteControl && can('REMOTE_START_STOP_CAPABLE');

function authenticationModes(can: Can, operator: OperatorProfile): readonly Mode[] {
  const modes: Mode[] = [];
  if (can('RFID_READER')) modes.push('NFC RFID Classic', 'NFC RFID DESFire');
  if (isRemote(can, operator)) modes.push('REMOTE');
  if (can(...CARD_PAYMENT)) modes.push('Direct Payment');
  return modes.length > 0 ? modes : operator.authenticationModes;
}

/** A reservation is offered only where one would be kept (OICP-RSV-01). */
function valueAddedServices(can: Can, { reservation }: OperatorProfile): readonly Service[] {
  const services: Service[] = [];
  if (reservation && can('RESERVABLE')) services.push('Reservation');
  if (can('CHARGING_PREFERENCES_CAPABLE')) services.push('ChargingPlans');
  return services.length > 0 ? services : ['None'];
}
