// The Janus API over a WebSocket, as raw JSON: a session, and handles of the VideoRoom plugin in it.
// https://janus.conf.meetecho.com/docs/rest.html and .../videoroom.html
export class JanusSession {
  static async open(url) {
    const socket = new WebSocket(url, 'janus-protocol');
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error(`no Janus at ${url}`));
    });
    const session = new JanusSession(socket);
    const { data } = await session.#transact({ janus: 'create' }, 'success');
    session.#id = data.id;
    session.#keepAlive = setInterval(() => session.#send({ janus: 'keepalive', transaction: 'alive' }), 20000);
    return session;
  }

  #socket;
  #id = null;
  #keepAlive;
  #next = 0;
  #waiting = new Map();

  constructor(socket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
  }

  async attach() {
    const { data } = await this.#transact({ janus: 'attach', plugin: 'janus.plugin.videoroom' }, 'success');
    return new VideoRoomHandle((body) => this.#transact({ ...body, handle_id: data.id }, body.answer));
  }

  close() {
    clearInterval(this.#keepAlive);
    this.#socket.close();
  }

  #send(message) {
    if (this.#id !== null) message.session_id = this.#id;
    this.#socket.send(JSON.stringify(message));
  }

  #transact({ answer, ...message }, wanted = answer) {
    const transaction = `t${this.#next++}`;
    return new Promise((resolve, reject) => {
      this.#waiting.set(transaction, { wanted, resolve, reject });
      this.#send({ ...message, transaction });
    });
  }

  // An "ack" only says that the answer comes later.
  #receive(message) {
    const waiting = this.#waiting.get(message.transaction);
    if (!waiting || (message.janus !== waiting.wanted && message.janus !== 'error')) return;
    this.#waiting.delete(message.transaction);
    const error = message.error?.reason ?? message.plugindata?.data?.error;
    if (error) waiting.reject(new Error(`Janus: ${error}`));
    else waiting.resolve(message);
  }
}

class VideoRoomHandle {
  #transact;
  constructor(transact) { this.#transact = transact; }

  // Answered at once.
  async ask(body) {
    return (await this.#transact({ janus: 'message', body, answer: 'success' })).plugindata.data;
  }

  // Answered by an event: {data, jsep}.
  async request(body, jsep) {
    const { plugindata, jsep: answer } = await this.#transact({ janus: 'message', body, answer: 'event', ...jsep && { jsep } });
    return { data: plugindata.data, jsep: answer };
  }
}
