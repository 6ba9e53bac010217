import { BlockList, isIPv6 } from 'node:net';

type Subnet = readonly [network: string, prefix: number];

/** IANA special-purpose registries (RFC 6890 and its updates): where no partner can be. */
const NEVER: readonly Subnet[] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; the metadata services of clouds live here
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fd00:ec2::254', 128], // a metadata service
];

/** Our own machine and network: for partners there only where that is wanted. */
const PRIVATE: readonly Subnet[] = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['fc00::', 7],
];

/** Ways to write an IPv4 address in IPv6 that reach it through a translator or tunnel. */
const TRANSLATED: readonly Subnet[] = [
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
];

const never = blockList([...NEVER, ...TRANSLATED]);
const local = blockList(PRIVATE);

/** What an address is to somebody who sends requests from inside our network. */
export function reachOf(address: string): 'public' | 'private' | 'never' {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (never.check(address, family)) return 'never';
  return local.check(address, family) ? 'private' : 'public';
}

function blockList(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets)
    list.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4');
  return list;
}
