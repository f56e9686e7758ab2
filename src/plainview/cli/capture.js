// Notes which canvases are read and in how many fonts one text is measured, by the script that asked.
(() => {
  const seen = new Map(), drawn = new WeakMap();
  const who = () => {
    const lines = (new Error().stack || '').split('\n').map(l => (l.match(/(https?:\/\/[^)\s]+?):\d+:\d+/) || [])[1]);
    return lines.filter(Boolean)[0] || location.href;
  };
  const note = () => {
    const key = who();
    if (!seen.has(key)) seen.set(key, {script: key, canvas: null, texts: {}});
    return seen.get(key);
  };
  const around = (proto, name, before) => {
    const was = proto && proto[name];
    if (!was) return;
    proto[name] = function (...given) { try { before.call(this, given); } catch (e) {} return was.apply(this, given); };
  };
  const of = (canvas) => {
    if (!drawn.has(canvas)) drawn.set(canvas, {letters: new Set(), colours: new Set(), kept: 0});
    return drawn.get(canvas);
  };
  const two = window.CanvasRenderingContext2D && CanvasRenderingContext2D.prototype;
  for (const name of ['fillText', 'strokeText']) around(two, name, function (given) {
    const d = of(this.canvas);
    for (const sign of String(given[0])) d.letters.add(sign);
    d.colours.add(String(this.fillStyle));
  });
  for (const name of ['save', 'restore']) around(two, name, function () { of(this.canvas).kept++; });
  around(two, 'measureText', function (given) {
    const one = note(), text = String(given[0]).slice(0, 80);
    (one.texts[text] = one.texts[text] || new Set()).add(this.font);
  });
  const read = (canvas) => {
    const d = of(canvas);
    note().canvas = {width: canvas.width, height: canvas.height, letters: d.letters.size, colours: d.colours.size,
                     kept: d.kept, read: 1};
  };
  around(window.HTMLCanvasElement && HTMLCanvasElement.prototype, 'toDataURL', function () { read(this); });
  around(window.HTMLCanvasElement && HTMLCanvasElement.prototype, 'toBlob', function () { read(this); });
  around(window.HTMLCanvasElement && HTMLCanvasElement.prototype, 'addEventListener', function () { of(this).kept++; });
  around(two, 'getImageData', function () { read(this.canvas); });
  Object.defineProperty(window, '__plainview_calls', {value: () => [...seen.values()].map(one => ({
    script: one.script, canvas: one.canvas,
    fonts: {n: Math.max(0, ...Object.values(one.texts).map(fonts => fonts.size))},
  }))});
})();
