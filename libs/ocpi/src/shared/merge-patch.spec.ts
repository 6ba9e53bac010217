import { patched } from './merge-patch';

const stored = { uid: 'A', valid: true, group_id: 'G', energy_contract: { supplier_name: 'S' } };

it('changes what is there and keeps the rest (OCPI-TYP-25)', () =>
  expect(patched(stored, { valid: false })).toEqual({ ...stored, valid: false }));

it('replaces objects whole, and clears what is null (OCPI-TYP-28)', () =>
  expect(patched(stored, { group_id: null, energy_contract: { contract_id: 'C' } })).toEqual({
    uid: 'A',
    valid: true,
    energy_contract: { contract_id: 'C' },
  }));
