// The sealed bytes as grey dots, newest rows at the bottom: what a picture looks like without its
// key. Nothing is made up: every dot is one byte that the bridge has forwarded.

const COLUMNS = 48;
const ROWS = 27;

export class NoiseCanvas {
  readonly element: HTMLCanvasElement;
  private readonly image: ImageData | null;
  private readonly context: CanvasRenderingContext2D | null;
  private at = 0;

  constructor(element: HTMLCanvasElement) {
    this.element = element;
    element.width = COLUMNS;
    element.height = ROWS;
    this.context = element.getContext('2d');
    this.image = this.context?.createImageData(COLUMNS, ROWS) ?? null;
  }

  add(bytes: Uint8Array): void {
    const pixels = this.image?.data;
    if (!pixels) return;
    for (const byte of bytes) {
      pixels.set([byte, byte, byte, 255], this.at * 4);
      this.at = (this.at + 1) % (COLUMNS * ROWS);
    }
    this.context!.putImageData(this.image!, 0, 0);
  }

  clear(): void {
    this.image?.data.fill(0);
    this.at = 0;
    if (this.image) this.context!.putImageData(this.image, 0, 0);
  }
}
