// What a group needs of the app: an ordered way to all who are connected. Any server will do, for it is
// trusted with nothing but the delivery.

/** The numbers are Sotto's own bridge's (docs/protocol.md, "Delivery of group messages"). */
export const MessageKind = { HANDSHAKE: 1, KEY_PACKAGE: 2, WELCOME: 3, APPLICATION: 4 } as const;
export type MessageKind = (typeof MessageKind)[keyof typeof MessageKind];

/** A connection's name: 16 bytes in base64url, 22 characters. Random, and another for each connection. */
export type Endpoint = string;

/** To be sent; the bytes are sealed or signed, and none of the transport's business. */
export interface OutgoingMessage {
  kind: MessageKind;
  /** Of a Welcome: whom it is for. Empty otherwise: for everybody, the sender too. */
  to: readonly Endpoint[];
  bytes: Uint8Array<ArrayBuffer>;
}

/** As it has come. */
export interface IncomingMessage {
  kind: MessageKind;
  /** The server's claim; nothing is believed because of it. */
  sender: Endpoint;
  /** Of a handshake: its place in the order that all see, 1, 2, 3 ... */
  number?: number;
  bytes: Uint8Array;
}

/** What the transport tells, from connect() on. */
export interface TransportReceiver {
  /** One message of the service, in the order in which it was delivered. */
  message(message: IncomingMessage): void;
  /** Another connection has ended, as far as the server knows. */
  left(endpoint: Endpoint): void;
  /**
   * The connection was lost and is back. `same`: the server still counts as before, and what was sent meanwhile
   * follows, as far as it has it. Send again what had not been confirmed. `endpoint`: the server knows this connection by another name now.
   */
  reconnected(log: { same: boolean; endpoint?: Endpoint }): void;
}

/**
 * An app's own road between members. What it must do:
 *
 * - HANDSHAKE: to everybody, the sender too, in one order for all, with rising numbers and no gap. One
 *   that was accepted is not lost. Keep those of the last minutes for connections that come back.
 * - KEY_PACKAGE: one for each connection, a new one in place of the old, none when it is empty or the
 *   connection has ended. To everybody, and to those who connect later.
 * - WELCOME: to those of `to` that have a key package standing, the only copy there is. Keep it until they
 *   take their key package back.
 * - APPLICATION: to everybody, the sender too; may be lost.
 *
 * A transport that does less can keep people from talking; it can make nobody hear, or say, anything else.
 */
export interface OrderedTransport {
  /**
   * Begin to deliver to `receiver`, as this endpoint; call it in the order of arrival, and not before
   * this has returned. Resolves with how many others are connected: the first founds the room.
   */
  connect(endpoint: Endpoint, receiver: TransportReceiver): Promise<{ others: number }>;
  /** Not before connect() has resolved. What cannot be sent now is sent when the connection is back. */
  send(message: OutgoingMessage): void;
  /** The group is over here. */
  close?(): void;
}
