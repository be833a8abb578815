type Listener<E> = ((event: E) => void) | null;
type ListenOptions = boolean | AddEventListenerOptions;

/** An EventTarget whose listeners know their event's type. */
export class TypedEventTarget<Events> extends EventTarget {
  /** Calls `listener` with each event of this type; see E2eeEvents. */
  override addEventListener<T extends keyof Events & string>(
    type: T,
    listener: Listener<Events[T]>,
    options?: ListenOptions,
  ): void;
  /** Events of other types never come. */
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: ListenOptions,
  ): void;
  override addEventListener(type: string, listener: unknown, options?: ListenOptions): void {
    super.addEventListener(type, listener as EventListener, options);
  }

  /** Ends what addEventListener() with the same arguments began. */
  override removeEventListener<T extends keyof Events & string>(
    type: T,
    listener: Listener<Events[T]>,
    options?: ListenOptions,
  ): void;
  /** As above. */
  override removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: ListenOptions,
  ): void;
  override removeEventListener(type: string, listener: unknown, options?: ListenOptions): void {
    super.removeEventListener(type, listener as EventListener, options);
  }
}
