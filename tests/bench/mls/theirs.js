// A member of the same group by ts-mls. Its states are values: every sample begins at the same one. As
// ours, it takes and gives complete MLSMessages as bytes.
import * as mls from 'ts-mls';

const SUITE = 'MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519';
const CLIENT = {
  keyRetentionConfig: mls.defaultKeyRetentionConfig,
  lifetimeConfig: mls.defaultLifetimeConfig,
  keyPackageEqualityConfig: mls.defaultKeyPackageEqualityConfig,
  paddingConfig: { kind: 'padUntilLength', padUntilLength: 0 },
  authService: mls.defaultAuthenticationService,
};

function decoded(bytes) {
  const message = mls.decodeMlsMessage(bytes, 0);
  if (!message) throw new Error('ts-mls does not decode the message');
  return message[0];
}

export async function makeTheirs() {
  const suite = await mls.getCiphersuiteImpl(mls.getCiphersuiteFromName(SUITE));
  const capabilities = { ...mls.defaultCapabilities(), ciphersuites: [SUITE], extensions: [], proposals: [], credentials: ['basic'] };
  const now = BigInt(Math.floor(Date.now() / 1000));
  const own = await mls.generateKeyPackage({ credentialType: 'basic', identity: new TextEncoder().encode('theirs') },
    capabilities, { notBefore: now - 3600n, notAfter: now + 86400n * 28n }, [], suite);

  return {
    keyPackage: mls.encodeMlsMessage({ version: 'mls10', wireformat: 'mls_key_package', keyPackage: own.publicPackage }),
    join: (welcome) => mls.joinGroup(decoded(welcome).welcome, own.publicPackage, own.privatePackage,
      mls.emptyPskIndex, suite, undefined, undefined, CLIENT),
    async process(state, commit) {
      const result = await mls.processPrivateMessage(state, decoded(commit).privateMessage, mls.emptyPskIndex, suite);
      return result.newState;
    },
    addOf: (keyPackage) => ({ proposalType: 'add', add: { keyPackage: decoded(keyPackage).keyPackage } }),
    removeOf: (leaf) => ({ proposalType: 'remove', remove: { removed: leaf } }),
    async commit(state, proposals) {
      const made = await mls.createCommit({ state, cipherSuite: suite, pskIndex: mls.emptyPskIndex },
        { wireAsPublicMessage: false, extraProposals: proposals, ratchetTreeExtension: true });
      const commit = mls.encodeMlsMessage(made.commit);
      const welcome = made.welcome && mls.encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome: made.welcome });
      return { commit, welcome };
    },
    exported: (state) => mls.mlsExporter(state.keySchedule.exporterSecret, 'SFrame 1.0 Base Key', new Uint8Array(), 32, suite),
  };
}
