// A group in which only what the test says happens. For the page's models in Node, and for its views
// in a browser.
export const NOBODY = {publishes: true, microphoneMuted: false, cameraOff: false, handRaised: false};

// A member as a group tells of it. Ids are leaves; the identity follows from the name.
export function member(id, name, {marks = {}, ...more} = {}) {
  const identity = [...name].map((letter) => letter.codePointAt(0).toString(16)).join('').padEnd(64, '0').slice(0, 64);
  return {
    id: String(id), identity, name, self: false, moderator: false, reachability: 'present', standing: 'new', caughtUp: true,
    endpoint: `endpoint-${name}`, marks: {...NOBODY, ...marks}, ...more,
  };
}

export class FakeGroup extends EventTarget {
  state = 'new';
  people = new Map();
  // What the page has asked for, in order.
  wishes = [];
  // Set to an error's code: the next wish is refused.
  refusing = null;
  #said = 0;

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  enter(state = 'in') {
    this.state = state;
    this.tell('stateChanged', {state});
  }

  // Comes, or changes.
  put(...people) {
    for (const person of people) {
      this.people.set(person.id, person);
      this.tell('memberChanged', person);
    }
  }

  gone(id, reason = 'left', by = id) {
    const {name} = this.people.get(id);
    this.people.delete(id);
    this.tell('memberGone', {id, name, reason, by});
  }

  hear(id, text, more = {}) {
    this.tell('chat', {id, name: this.people.get(id).name, number: 1, text, missing: 0, unseen: false, ...more});
  }

  async members() {
    return [...this.people.values()];
  }

  async say(text) {
    this.#wish('say', text);
    return ++this.#said;
  }

  async fingerprint(id) {
    const {identity} = this.people.get(id);
    return Array.from({length: 6}, (_, group) => String(Number.parseInt(identity.slice(group * 4, group * 4 + 4), 16) % 100000).padStart(5, '0')).join(' ');
  }

  #wish(name, ...details) {
    const code = this.refusing;
    this.refusing = null;
    if (code !== null) throw Object.assign(new Error(code), {code});
    this.wishes.push([name, ...details]);
  }

  static {
    for (const name of ['react', 'setMarks', 'kick', 'admit', 'turnAway', 'startCode', 'confirmCode', 'confirmFingerprint', 'acceptChange',
      'setJoinPolicy', 'setMediaEncrypted', 'makePermanent', 'makeModerator', 'leave']) {
      FakeGroup.prototype[name] = async function (...details) { this.#wish(name, ...details); };
    }
  }
}
