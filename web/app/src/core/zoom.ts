// A drawing that is enlarged and moved: what stood at p stands at k · p + (x, y). It never leaves an empty edge of its frame.

export interface Zoom {
  k: number;
  x: number;
  y: number;
}

export interface Frame {
  width: number;
  height: number;
}

export const WHOLE: Zoom = { k: 1, x: 0, y: 0 };
const MOST = 40;

function within({ k, x, y }: Zoom, { width, height }: Frame): Zoom {
  const limit = (at: number, size: number) => Math.min(0, Math.max(size * (1 - k), at));
  return { k, x: limit(x, width), y: limit(y, height) };
}

/** Enlarged by a factor; the point (px, py) of the frame stays where it is. */
export function zoomAt(zoom: Zoom, factor: number, px: number, py: number, frame: Frame): Zoom {
  const k = Math.min(MOST, Math.max(1, zoom.k * factor));
  const by = k / zoom.k;
  return within({ k, x: px - (px - zoom.x) * by, y: py - (py - zoom.y) * by }, frame);
}

export function moved(zoom: Zoom, dx: number, dy: number, frame: Frame): Zoom {
  return within({ k: zoom.k, x: zoom.x + dx, y: zoom.y + dy }, frame);
}

/** With that point of the drawing in the middle of the frame, as far as its edges allow. */
export function centred(k: number, px: number, py: number, frame: Frame): Zoom {
  const size = Math.min(MOST, Math.max(1, k));
  return within({ k: size, x: frame.width / 2 - size * px, y: frame.height / 2 - size * py }, frame);
}
