// The units of a drawing: fewer on a narrow page, so that its letters stay large enough to read.
import { useEffect, useState } from "preact/hooks";

const NARROW = matchMedia("(max-width: 40rem)");

export function usePictureSize(): { width: number; height: number } {
  const [narrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const change = () => setNarrow(NARROW.matches);
    NARROW.addEventListener("change", change);
    return () => NARROW.removeEventListener("change", change);
  }, []);
  return narrow ? { width: 420, height: 440 } : { width: 1200, height: 560 };
}
