// Makes a drawing one that can be moved and enlarged: by dragging, two fingers, wheel (with Ctrl, or once one has clicked into it), and keys.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Frame, WHOLE, type Zoom, moved, zoomAt } from "../core/zoom.ts";

const STEP = 1.6; // of a key or button
const DRAG_PIXELS = 4; // less is a click

export interface PanZoom {
  ref: (svg: SVGSVGElement | null) => void;
  by: (factor: number) => void; // about the middle
  reset: () => void;
}

export function usePanZoom(zoom: Zoom, frame: Frame, set: (zoom: Zoom) => void): PanZoom {
  const now = useRef({ zoom, frame, set });
  now.current = { zoom, frame, set };
  const [it, ref] = useState<SVGSVGElement | null>(null);

  const by = (factor: number) => {
    const { zoom, frame, set } = now.current;
    set(zoomAt(zoom, factor, frame.width / 2, frame.height / 2, frame));
  };
  const reset = () => now.current.set(WHOLE);

  useEffect(() => {
    if (!it) return;
    const ended = new AbortController();
    const { signal } = ended;
    const fingers = new Map<number, { x: number; y: number }>();
    let dragged = false;
    const place = (event: MouseEvent) => {
      const box = it.getBoundingClientRect();
      const { width, height } = now.current.frame;
      return { x: ((event.clientX - box.left) / box.width) * width, y: ((event.clientY - box.top) / box.height) * height };
    };
    const apply = (zoom: Zoom) => {
      now.current.zoom = zoom; // the next move may come before the next drawing
      now.current.set(zoom);
    };

    it.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      fingers.set(event.pointerId, place(event));
      dragged = fingers.size > 1;
    }, { signal });
    it.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const here = place(event);
      const { zoom, frame } = now.current;
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      if (other) {
        const distance = (at: { x: number; y: number }) => Math.hypot(at.x - other.x, at.y - other.y);
        apply(zoomAt(zoom, distance(here) / Math.max(1, distance(before)), (here.x + other.x) / 2, (here.y + other.y) / 2, frame));
      } else {
        if (!dragged && Math.hypot(here.x - before.x, here.y - before.y) < DRAG_PIXELS) return;
        if (!dragged) it.setPointerCapture(event.pointerId);
        dragged = true;
        apply(moved(zoom, here.x - before.x, here.y - before.y, frame));
      }
      fingers.set(event.pointerId, here);
    }, { signal });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const)
      it.addEventListener(name, (event) => fingers.delete(event.pointerId), { signal });
    // What was dragged was not clicked, and a link is not carried away.
    it.addEventListener("click", (event) => {
      if (dragged) event.preventDefault();
      dragged = false;
    }, { signal, capture: true });
    it.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    it.addEventListener("dblclick", (event) => {
      const { x, y } = place(event);
      apply(zoomAt(now.current.zoom, STEP, x, y, now.current.frame));
    }, { signal });
    it.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && !it.contains(document.activeElement)) return; // the page is scrolled
      event.preventDefault();
      const { x, y } = place(event);
      const lines = event.deltaMode === 0 ? event.deltaY / 300 : event.deltaY / 10;
      apply(zoomAt(now.current.zoom, 2 ** -Math.max(-1, Math.min(1, event.ctrlKey ? lines * 3 : lines)), x, y, now.current.frame));
    }, { signal, passive: false });
    it.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { zoom, frame } = now.current;
      const middle = (factor: number) => zoomAt(zoom, factor, frame.width / 2, frame.height / 2, frame);
      const by = 60;
      const keys: Record<string, () => Zoom> = {
        "+": () => middle(STEP),
        "=": () => middle(STEP),
        "-": () => middle(1 / STEP),
        "0": () => WHOLE,
        ArrowLeft: () => moved(zoom, by, 0, frame),
        ArrowRight: () => moved(zoom, -by, 0, frame),
        ArrowUp: () => moved(zoom, 0, by, frame),
        ArrowDown: () => moved(zoom, 0, -by, frame),
      };
      const act = keys[event.key];
      if (!act || (event.key.startsWith("Arrow") && zoom.k === 1)) return;
      event.preventDefault();
      apply(act());
    }, { signal });
    return () => ended.abort();
  }, [it]);
  return { ref, by, reset };
}
