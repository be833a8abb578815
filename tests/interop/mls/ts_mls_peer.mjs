// Clients with ts-mls 1.6.4 as a process. Answers the same requests as our own (main.cc, member.h):
// one JSON object a line, bytes in hexadecimal.
//
// Where ts-mls departs from RFC 9420, and what is done about it here (docs/mls-interop.md has the list
// with the RFC's words):
//  1. join() refuses valid trees whose parents differ in their unmerged_leaves (section 7.9). Nothing can
//     be done here; the random runs know when it must happen (unmerged_leaves.mjs).
//  2. ExternalPub.external_pub has no length of its own (12.4.3.2): put in and taken out here.
//  3. external_senders is read as one struct instead of a vector (12.1.8.1): not used.
//  4. A commit with group_context_extensions has no path, and one that has a path encrypts it for the old
//     extensions (12.4, 12.4.1): such proposals are sent, and committed by others. An empty list of
//     extensions changes nothing there (12.1.7).
//  5. processMessage() loses the PSKs of PrivateMessages: the two others are called.
//  6. createCommit() takes every stored proposal, valid together or not (12.4.1): chosen here.
//  7. Its own Update's private key is not kept for the commit (12.1.2): kept here.
//  8. Whoever a commit removes does not see it where an Add fills the same leaf (12.3, 12.4.2): seen here.
//  9. Where the root is not on the filtered direct path, since one half of the tree is blank, commit_secret
//     is derived as if it were (7.4, 7.5): the random runs keep the first leaf.
import { createInterface } from 'node:readline';
import * as mls from 'ts-mls';
import { createGroupInfo, createGroupInfoWithRatchetTree } from 'ts-mls/createCommit.js';
import { signLeafNodeCommit } from 'ts-mls/leafNode.js';
import { decodeRatchetTree, encodeRatchetTree } from 'ts-mls/ratchetTree.js';

const suites = { 1: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519', 3: 'MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519' };
const testExtension = 0xf5a0;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text = '') => new Uint8Array(Buffer.from(text, 'hex'));

function decode(text, ...wanted) {
  const data = bytes(text);
  const [message, size] = mls.decodeMlsMessage(data, 0) ?? [];
  if (size !== data.length || !wanted.includes(message.wireformat)) throw new Error('not such a message');
  return message;
}
const encode = (wireformat, name, body) => hex(mls.encodeMlsMessage({ version: 'mls10', wireformat, [name]: body }));

// How one of ours writes and reads what ts-mls means to be external_pub (departure 2).
function withExternalPub(suite) {
  const bare = (key) => (key.length === 33 && key[0] === 32 ? key.subarray(1) : key);
  const { hpke } = suite;
  return { ...suite, hpke: { ...hpke, importPublicKey: (key) => hpke.importPublicKey(bare(key)) } };
}

class Client {
  #suite;
  #capabilities;
  #signature;
  #credential;
  #config;
  #public;
  #psks = {};
  #keyPackages = [];
  #state;
  #pending; // { message, state }: a commit of its own
  #origin; // { state, usage }: the group that this one succeeds
  #updateKey; // of its own Update (departure 7): { leaf (encoded key), privateKey, reference }

  static async make({ suite, identity, public: isPublic = false, padding = 0 }) {
    const client = new Client();
    client.#suite = withExternalPub(await mls.getCiphersuiteImpl(mls.getCiphersuiteFromName(suites[suite])));
    client.#credential = { credentialType: 'basic', identity: new TextEncoder().encode(identity) };
    // With its GREASE (section 13.5).
    const capabilities = mls.defaultCapabilities();
    client.#capabilities = { ...capabilities, extensions: [...capabilities.extensions, testExtension] };
    client.#signature = await client.#suite.signature.keygen();
    client.#public = isPublic;
    client.#config = {
      keyRetentionConfig: mls.defaultKeyRetentionConfig,
      lifetimeConfig: mls.defaultLifetimeConfig,
      keyPackageEqualityConfig: mls.defaultKeyPackageEqualityConfig,
      authService: mls.defaultAuthenticationService,
      paddingConfig: { kind: 'padUntilLength', padUntilLength: padding },
    };
    return client;
  }

  async #newKeyPackage() {
    const now = BigInt(Math.floor(Date.now() / 1000));
    const lifetime = { notBefore: now - 3600n, notAfter: now + 28n * 86400n };
    return mls.generateKeyPackageWithKey(this.#credential, this.#capabilities, lifetime, [], this.#signature, this.#suite);
  }

  #findPsk() {
    return mls.makePskIndex(this.#origin?.state ?? this.#state, this.#psks);
  }

  #adopt(state) {
    this.#origin = undefined;
    this.#state = state;
    this.#pending = undefined;
    this.#updateKey = undefined;
  }

  async keyPackage() {
    const made = await this.#newKeyPackage();
    this.#keyPackages.push(made);
    return { keyPackage: encode('mls_key_package', 'keyPackage', made.publicPackage) };
  }

  async create({ groupId, extensions = [] }) {
    const { publicPackage, privatePackage } = await this.#newKeyPackage();
    const list = extensions.map(([extensionType, data]) => ({ extensionType, extensionData: bytes(data) }));
    this.#adopt(await mls.createGroup(bytes(groupId), publicPackage, privatePackage, list, this.#suite, this.#config));
    return this.info();
  }

  async succeed({ groupId, usage }) {
    const origin = { state: this.#state, usage };
    await this.create({ groupId });
    this.#origin = origin;
    return this.info();
  }

  // What the first commit of a successor injects (sections 11.2 and 11.3).
  #originPsk() {
    const { usage, state: { groupContext } } = this.#origin;
    const pskNonce = this.#suite.rng.randomBytes(this.#suite.kdf.size);
    const preSharedKeyId = { psktype: 'resumption', usage, pskGroupId: groupContext.groupId, pskEpoch: groupContext.epoch, pskNonce };
    return { proposalType: 'psk', psk: { preSharedKeyId } };
  }

  async join({ welcome, ratchetTree, origin = false }) {
    const message = decode(welcome, 'mls_welcome').welcome;
    const tree = ratchetTree && decodeRatchetTree(bytes(ratchetTree), 0)[0];
    let failure = new Error('not for us');
    for (const own of this.#keyPackages) {
      const { publicPackage, privatePackage } = own;
      try {
        const former = origin ? this.#state : undefined;
        const psks = mls.makePskIndex(former, this.#psks);
        this.#adopt(await mls.joinGroup(message, publicPackage, privatePackage, psks, this.#suite, tree, former, this.#config));
        this.#keyPackages.splice(this.#keyPackages.indexOf(own), 1);
        return this.info();
      } catch (error) {
        if (!/No matching secret found/.test(error.message)) failure = error;
      }
    }
    throw failure;
  }

  async externalJoin({ groupInfo, ratchetTree, resync, aad }) {
    const { publicPackage, privatePackage } = await this.#newKeyPackage();
    const tree = ratchetTree && decodeRatchetTree(bytes(ratchetTree), 0)[0];
    const joined = await mls.joinGroupExternal(decode(groupInfo, 'mls_group_info').groupInfo, publicPackage,
      privatePackage, resync !== undefined, this.#suite, tree, this.#config, bytes(aad));
    const commit = encode('mls_public_message', 'publicMessage', joined.publicMessage);
    this.#pending = { message: commit, state: joined.newState };
    return { commit };
  }

  async externalAdd({ groupInfo, aad }) {
    await this.keyPackage();
    const { publicPackage, privatePackage } = this.#keyPackages.at(-1);
    const message = await mls.proposeAddExternal(decode(groupInfo, 'mls_group_info').groupInfo, publicPackage,
      privatePackage, this.#suite, bytes(aad));
    return { message: hex(mls.encodeMlsMessage(message)) };
  }

  leave() {
    this.#adopt(undefined);
    return {};
  }

  addPsk({ id, secret }) {
    this.#psks[mls.bytesToBase64(bytes(id))] = bytes(secret);
    return {};
  }

  async #proposal(wish) {
    if (wish.add) return { proposalType: 'add', add: { keyPackage: decode(wish.add, 'mls_key_package').keyPackage } };
    if (wish.remove !== undefined) return { proposalType: 'remove', remove: { removed: wish.remove } };
    if (wish.psk) {
      const pskNonce = this.#suite.rng.randomBytes(this.#suite.kdf.size);
      return { proposalType: 'psk', psk: { preSharedKeyId: { psktype: 'external', pskId: bytes(wish.psk), pskNonce } } };
    }
    if (wish.extensions) {
      const extensions = wish.extensions.map(([extensionType, data]) => ({ extensionType, extensionData: bytes(data) }));
      return { proposalType: 'group_context_extensions', groupContextExtensions: { extensions } };
    }
    if (wish.reinit) {
      const reinit = { groupId: bytes(wish.reinit), version: 'mls10', cipherSuite: this.#suite.name, extensions: [] };
      return { proposalType: 'reinit', reinit };
    }
    if (wish.update) return { proposalType: 'update', update: { leafNode: await this.#freshLeaf() } };
    throw new Error('no such proposal');
  }

  // Its own leaf with a new encryption key (departure 7).
  async #freshLeaf() {
    const { privatePath, ratchetTree, groupContext, signaturePrivateKey } = this.#state;
    const { hpke } = this.#suite;
    const keys = await hpke.generateKeyPair();
    const { leaf } = ratchetTree[2 * privatePath.leafIndex];
    const { hpkePublicKey: _old, signature: _signature, lifetime: _lifetime, parentHash: _hash, ...kept } = leaf;
    const fresh = { ...kept, leafNodeSource: 'update', hpkePublicKey: await hpke.exportPublicKey(keys.publicKey),
      groupId: groupContext.groupId, leafIndex: privatePath.leafIndex };
    const { groupId: _id, leafIndex: _at, ...signed } = await signLeafNodeCommit(fresh, signaturePrivateKey, this.#suite.signature);
    this.#updateKey = { publicKey: hex(signed.hpkePublicKey), privateKey: await hpke.exportPrivateKey(keys.privateKey) };
    return signed;
  }

  async propose({ proposal, aad }) {
    const made = await mls.createProposal(this.#state, this.#public, await this.#proposal(proposal), this.#suite, bytes(aad));
    this.#state = made.newState;
    return { message: hex(mls.encodeMlsMessage(made.message)) };
  }

  // What is stored and makes a valid list with what goes by value (departure 6): one change a leaf,
  // Removes first, nothing about the committer itself; no group_context_extensions (departure 4).
  #choose(byValue) {
    const own = this.#state.privatePath.leafIndex;
    const touched = new Set([own, ...byValue.filter((p) => p.remove).map((p) => p.remove.removed)]);
    const stored = Object.entries(this.#state.unappliedProposals);
    const of = (type) => stored.filter(([, { proposal }]) => proposal.proposalType === type);
    if (of('reinit').length > 0) return Object.fromEntries(of('reinit'));
    const chosen = [...of('add'), ...of('psk')];
    for (const entry of [...of('remove'), ...of('update').reverse()]) {
      const { proposal, senderLeafIndex } = entry[1];
      const leaf = proposal.remove?.removed ?? senderLeafIndex;
      if (!touched.has(leaf)) chosen.push(entry);
      touched.add(leaf);
    }
    return Object.fromEntries(chosen);
  }

  async commit({ proposals = [], inlineTree = true, aad }) {
    const extraProposals = await Promise.all(proposals.map((wish) => this.#proposal(wish)));
    if (this.#origin) extraProposals.push(this.#originPsk());
    const state = { ...this.#state, unappliedProposals: this.#choose(extraProposals) };
    const made = await mls.createCommit({ state, cipherSuite: this.#suite, pskIndex: this.#findPsk() },
      { wireAsPublicMessage: this.#public, extraProposals, ratchetTreeExtension: inlineTree, authenticatedData: bytes(aad) });
    const commit = hex(mls.encodeMlsMessage(made.commit));
    this.#pending = { message: commit, state: made.newState };
    return { commit, welcomes: made.welcome ? [encode('mls_welcome', 'welcome', made.welcome)] : [] };
  }

  async process({ message }) {
    if (message === this.#pending?.message) {
      this.#adopt(this.#pending.state);
      return { kind: 'own commit' };
    }
    const decoded = decode(message, 'mls_public_message', 'mls_private_message');
    const before = this.#state;
    // Its key is put in its place where the commit has the Update (departure 7); in a copy.
    const state = { ...before, privatePath: { ...before.privatePath, privateKeys: { ...before.privatePath.privateKeys } } };
    let kind = 'application';
    let removed = false;
    const look = (incoming) => {
      kind = incoming.kind;
      removed = incoming.proposals?.some(({ proposal }) => proposal.remove?.removed === state.privatePath.leafIndex);
      const updates = (incoming.proposals ?? []).map(({ proposal }) => proposal.update?.leafNode.hpkePublicKey ?? []);
      if (updates.some((key) => hex(key) === this.#updateKey?.publicKey)) {
        state.privatePath.privateKeys[2 * state.privatePath.leafIndex] = this.#updateKey.privateKey;
      }
      return 'accept';
    };
    const processing = decoded.wireformat === 'mls_public_message'
      ? mls.processPublicMessage(state, decoded.publicMessage, this.#findPsk(), this.#suite, look)
      : mls.processPrivateMessage(state, decoded.privateMessage, this.#findPsk(), this.#suite, look);
    const result = await processing.catch((error) => {
      if (!removed) throw error;
      // The commit's sender and list are authentic: `look` is called after that (departure 8).
      return { newState: { ...before, groupActiveState: { kind: 'removedFromGroup' } } };
    });
    if (kind === 'commit') this.#adopt(result.newState);
    else this.#state = result.newState;
    const body = decoded.publicMessage?.content ?? decoded.privateMessage;
    return { kind, data: result.message && hex(result.message), aad: hex(body.authenticatedData) };
  }

  async encrypt({ data, aad }) {
    const made = await mls.createApplicationMessage(this.#state, bytes(data), this.#suite, bytes(aad));
    this.#state = made.newState;
    return { message: encode('mls_private_message', 'privateMessage', made.privateMessage) };
  }

  async exporter({ label, context, length }) {
    return { secret: hex(await mls.mlsExporter(this.#state.keySchedule.exporterSecret, label, bytes(context), length, this.#suite)) };
  }

  async groupInfo({ inlineTree = true }) {
    const state = this.#state;
    const { hpke } = this.#suite;
    const { publicKey } = await hpke.deriveKeyPair(state.keySchedule.externalSecret);
    const key = await hpke.exportPublicKey(publicKey);
    const extensions = [{ extensionType: 'external_pub', extensionData: new Uint8Array([key.length, ...key]) }];
    const made = inlineTree
      ? await createGroupInfoWithRatchetTree(state.groupContext, state.confirmationTag, state, state.ratchetTree, extensions, this.#suite)
      : await createGroupInfo(state.groupContext, state.confirmationTag, state, extensions, this.#suite);
    return { groupInfo: encode('mls_group_info', 'groupInfo', made) };
  }

  ratchetTree() {
    return { ratchetTree: hex(encodeRatchetTree(this.#state.ratchetTree)) };
  }

  info() {
    const { groupContext, keySchedule, privatePath, groupActiveState, ratchetTree } = this.#state;
    const leaves = ratchetTree.flatMap((node, at) => (node?.nodeType === 'leaf' ? [[at / 2, node.leaf]] : []));
    return {
      active: groupActiveState.kind === 'active',
      epoch: Number(groupContext.epoch),
      leaf: privatePath.leafIndex,
      treeHash: hex(groupContext.treeHash),
      transcript: hex(groupContext.confirmedTranscriptHash),
      authenticator: hex(keySchedule.epochAuthenticator),
      members: leaves.map(([leaf, { credential }]) => [leaf, Buffer.from(credential.identity).toString()]),
    };
  }
}

const clients = new Map();
async function answer({ member, op, ...request }) {
  if (op === 'new') {
    clients.set(member, await Client.make(request));
    return {};
  }
  if (op === 'delete') {
    clients.delete(member);
    return {};
  }
  const client = clients.get(member);
  if (!client) throw new Error('no such member');
  return client[op](request);
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }));
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
