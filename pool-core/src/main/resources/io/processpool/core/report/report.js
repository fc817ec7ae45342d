"use strict";
(() => {
  const byId = id => document.getElementById(id);

  /* ---- figures as people read them ---- */

  const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
  const digits = value => value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
  const time = nanos => {
    if (nanos < 1e3) return Math.round(nanos) + " ns";
    if (nanos < 1e6) return digits(nanos / 1e3) + " µs";
    if (nanos < 1e9) return digits(nanos / 1e6) + " ms";
    if (nanos < 6e10) return digits(nanos / 1e9) + " s";
    const seconds = Math.floor(nanos / 1e9);
    const two = number => String(number).padStart(2, "0");
    return seconds < 3600
      ? Math.floor(seconds / 60) + " min " + two(seconds % 60) + " s"
      : Math.floor(seconds / 3600) + " h " + two(Math.floor(seconds / 60) % 60) + " min";
  };
  const bytes = count => {
    const units = ["B", "kB", "MB", "GB", "TB", "PB"];
    let unit = 0;
    for (; count >= 999.5 && unit < units.length - 1; unit++) count /= 1000;
    return (unit ? digits(count) : count) + " " + units[unit];
  };
  /** A time of the axis, with as many decimals as its steps need. */
  const tick = (nanos, step, last) => {
    const [unit, name] = last >= 1e9 ? [1e9, "s"] : last >= 1e6 ? [1e6, "ms"] : [1e3, "µs"];
    const decimals = clamp(Math.ceil(Math.log10(unit / step) - 1e-9), 0, 9);
    return (nanos / unit).toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }) + " " + name;
  };

  /* ---- the data ---- */

  const data = JSON.parse(byId("data").textContent);
  const count = data.tasks.id.length;
  const column = name => {
    const values = data.tasks[name];
    return Array.isArray(values) ? Float64Array.from(values) : new Float64Array(count).fill(values);
  };
  const task = {};
  for (const name of Object.keys(data.tasks)) task[name] = name === "id" ? data.tasks.id : column(name);
  const isFailure = i => ["failed", "lost"].includes(data.statuses[task.status[i]]);
  const end = task.start.map((start, i) => start + task.length[i]);
  /** How long all tasks before one ran, by which the load of any period is told at once. */
  const before = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) before[i + 1] = before[i] + task.length[i];

  let next = 0;
  for (const worker of data.workers) {
    worker.from = next;
    worker.to = next += worker.tasks;
    worker.failures = [];
    for (let i = worker.from; i < worker.to; i++) if (isFailure(i)) worker.failures.push(i);
  }

  /** A row for each worker; where there are many, one that replaces another is in its row. */
  const rows = (() => {
    if (data.workers.length <= 32) return data.workers.map(worker => [worker]);
    const shared = [];
    for (const worker of [...data.workers].sort((one, other) => one.start - other.start)) {
      const row = shared.find(row => row.end <= worker.start);
      if (row) row.push(worker);
      else shared.push([worker]);
      (row || shared[shared.length - 1]).end = worker.ended ? worker.end : Infinity;
    }
    return shared;
  })();

  const span = Math.max(1, data.now, ...data.workers.map(worker => worker.end));

  /** The first index from..to at which a value of the ascending array is at least so large. */
  const search = (values, least, from, to) => {
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (values[middle] < least) from = middle + 1;
      else to = middle;
    }
    return from;
  };

  /* ---- colours ---- */

  const light = { series: ["#2f6fb0", "#dd9b24", "#0f8573", "#99528f", "#77b7dc", "#8c8432", "#5a4a9c", "#c49a7c"], other: "#8e99a6" };
  const dark = { series: ["#5b9bdc", "#e2b04a", "#36b8a2", "#c98bc0", "#8fcdf0", "#b5ac52", "#9a8be0", "#cfa588"], other: "#7c8896" };
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const printing = matchMedia("print");
  let palette, ink, soft, line, paper, bad, starting, accent;
  const readColours = () => {
    palette = prefersDark.matches && !printing.matches ? dark : light;
    const style = getComputedStyle(document.documentElement);
    [ink, soft, line, paper, bad, starting, accent] =
      ["ink", "soft", "line", "paper", "bad", "start", "accent"].map(name => style.getPropertyValue("--" + name).trim());
  };
  /** Dark on light colours, light on dark ones. */
  const on = fill => {
    const [r, g, b] = [1, 3, 5].map(i => parseInt(fill.slice(i, i + 2), 16));
    return .299 * r + .587 * g + .114 * b > 128 ? "#10151b" : "#ffffff";
  };
  /** Labels tell tasks apart; if there is but one, maps do. */
  const kinds = data.labels.length > 1 || data.maps.length < 2
    ? { of: task.label, names: data.labels }
    : { of: task.map, names: data.maps.map(map => map === "" ? "single tasks" : "map " + map) };
  const order = (() => {
    const busy = new Float64Array(kinds.names.length);
    for (let i = 0; i < count; i++) busy[kinds.of[i]] += task.length[i];
    const names = [...busy.keys()].sort((one, other) => busy[other] - busy[one]);
    const places = [];
    names.forEach((kind, place) => (places[kind] = place));
    return { names, places };
  })();
  const colour = i => palette.series[order.places[kinds.of[i]]] || palette.other;

  const legend = () => {
    const list = byId("legend");
    list.textContent = "";
    const add = (name, shape, fill) => {
      const item = document.createElement("li");
      const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      mark.setAttribute("viewBox", "0 0 12 12");
      mark.setAttribute("aria-hidden", "true");
      path.setAttribute("d", shape);
      path.setAttribute("fill", fill);
      mark.append(path);
      const text = document.createElement("span");
      text.textContent = name;
      item.append(mark, text);
      list.append(item);
    };
    const square = "M0 0h12v12H0z";
    order.names.slice(0, palette.series.length).forEach((kind, place) => add(kinds.names[kind], square, palette.series[place]));
    if (order.names.length > palette.series.length) add((order.names.length - palette.series.length) + " others", square, palette.other);
    if (task.reading.some(nanos => nanos > 0) || task.writing.some(nanos => nanos > 0)) add("reading, writing", "M0 8h4v4H0zM8 8h4v4H8z", soft);
    if (data.workers.length) add("start-up", "M0 4h12v4H0z", starting);
    if (data.workers.some(worker => worker.failures.length)) add("failed", "M6 0l6 6-6 6-6-6z", bad);
    if (data.workers.some(worker => worker.lost)) add("worker replaced", "M2 0L6 4 10 0 12 2 8 6 12 10 10 12 6 8 2 12 0 10 4 6 0 2z", soft);
  };

  /* ---- the view ---- */

  const timeline = byId("timeline");
  const loadChart = byId("load");
  const stage = byId("stage");
  const axis = 24;
  const view = { from: 0, to: span };
  let width, left, rowHeight, height, selected = -1;

  const x = at => left + (at - view.from) / (view.to - view.from) * (width - left);
  const at = pixel => view.from + (pixel - left) / (width - left) * (view.to - view.from);
  const show = (from, length) => {
    length = clamp(length, Math.min(200, span), span);
    view.from = clamp(from, 0, span - length);
    view.to = view.from + length;
    redraw();
  };
  const zoom = (factor, pixel = (left + width) / 2) => {
    const fixed = at(pixel);
    show(fixed - (fixed - view.from) * factor, (view.to - view.from) * factor);
  };
  const pan = part => show(view.from + (view.to - view.from) * part, view.to - view.from);

  const context = (canvas, canvasHeight) => {
    const ratio = window.devicePixelRatio || 1;
    const w = Math.round(width * ratio), h = Math.round(canvasHeight * ratio);
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
      canvas.style.height = canvasHeight + "px";
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, canvasHeight);
    pen.font = "12px system-ui, sans-serif";
    pen.textBaseline = "middle";
    return pen;
  };

  const ticks = () => {
    const rough = (view.to - view.from) / Math.max(1, (width - left) / 110);
    const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
    const step = power * [1, 2, 5, 10].find(factor => power * factor >= rough);
    const all = [];
    for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) all.push(t);
    return { step, all };
  };

  const drawGrid = (pen, top, bottom) => {
    pen.fillStyle = line;
    for (const t of ticks().all) pen.fillRect(Math.round(x(t)), top, 1, bottom - top);
  };

  const drawAxis = pen => {
    const { step, all } = ticks();
    pen.fillStyle = soft;
    pen.textAlign = "center";
    for (const t of all) {
      const text = tick(t, step, view.to);
      const half = pen.measureText(text).width / 2;
      pen.fillText(text, clamp(x(t), left + half, width - half), axis / 2);
    }
  };

  /* ---- the timeline ---- */

  /** What a task is called and took, or as much of that as there is space for. */
  const caption = (pen, i, space) => {
    const took = time(task.length[i]);
    return [name(i) + "  " + took, took].find(text => pen.measureText(text).width <= space) || "";
  };

  const drawTask = (pen, i, y, h) => {
    const x0 = Math.max(left, x(task.start[i]));
    const x1 = Math.min(width, x(end[i]));
    const w = Math.max(1, x1 - x0 - (x1 - x0 > 4 ? 1 : 0));
    pen.fillStyle = colour(i);
    pen.fillRect(x0, y, w, h);
    if (x1 - x0 > w) {
      pen.globalAlpha = .4;
      pen.fillRect(x0 + w, y, 1, h);
      pen.globalAlpha = 1;
    }
    if (w > 12 && h >= 8) drawParts(pen, i, y, h);
    if (w > 44 && h >= 14) {
      pen.fillStyle = on(colour(i));
      pen.textAlign = "left";
      pen.fillText(caption(pen, i, w - 12), x0 + 6, y + h / 2 + .5);
    }
  };

  /** Reading and writing are pale below. */
  const drawParts = (pen, i, y, h) => {
    const below = Math.round(h / 5);
    pen.fillStyle = paper;
    pen.globalAlpha = .65;
    const dim = (from, to) => {
      const x0 = Math.max(left, x(from)), x1 = Math.min(width, x(to));
      if (x1 - x0 >= 1) pen.fillRect(x0, y + h - below, x1 - x0, below);
    };
    dim(task.start[i], Math.min(end[i], task.start[i] + task.reading[i]));
    dim(Math.max(task.start[i], end[i] - task.writing[i]), end[i]);
    pen.globalAlpha = 1;
  };

  /** Tasks narrower than a pixel become one, the paler the less the worker had to do. */
  const drawTasks = (pen, worker, y, h) => {
    const nanosPerPixel = (view.to - view.from) / (width - left);
    const wide = 3 * nanosPerPixel;
    let drawn = 0;
    let i = search(end, view.from, worker.from, worker.to);
    while (i < worker.to && task.start[i] < view.to) {
      if (task.length[i] >= wide) {
        drawTask(pen, i++, y, h);
        drawn++;
        continue;
      }
      const pixel = Math.max(left, Math.floor(x(task.start[i])));
      const until = Math.max(at(pixel + 1), task.start[i] + nanosPerPixel / 2);
      let j = Math.max(i + 1, search(task.start, until, i, worker.to));
      if (j - i > 1 && task.length[j - 1] >= wide) j--;
      if (j - i === 1 && task.length[i] >= nanosPerPixel) {
        const x0 = Math.max(left, x(task.start[i]));
        pen.fillStyle = colour(i);
        pen.fillRect(x0, y, Math.min(width, x(end[i])) - x0, h);
        drawn++;
        i = j;
        continue;
      }
      const pixels = Math.max(1, Math.round(x(end[j - 1])) - pixel);
      const load = Math.min(1, (before[j] - before[i]) / nanosPerPixel / pixels);
      pen.fillStyle = colour((i + j - 1) >> 1);
      pen.globalAlpha = .3 + .7 * load;
      pen.fillRect(pixel, y, pixels, h);
      pen.globalAlpha = 1;
      drawn += j - i;
      i = j;
    }
    return drawn;
  };

  const cross = (pen, cx, cy, r) => {
    pen.strokeStyle = soft;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(cx - r, cy - r);
    pen.lineTo(cx + r, cy + r);
    pen.moveTo(cx + r, cy - r);
    pen.lineTo(cx - r, cy + r);
    pen.stroke();
  };

  const drawFailures = (pen, worker, y, h) => {
    const r = clamp(h / 2 - 1, 3, 6);
    let last = -Infinity;
    for (const i of worker.failures) {
      const cx = x(end[i]);
      if (cx < left || cx > width + r || cx - last < r) continue;
      last = cx;
      const center = clamp(cx, left + r, width - r - 1);
      pen.beginPath();
      pen.moveTo(center, y + h / 2 - r);
      pen.lineTo(center + r, y + h / 2);
      pen.lineTo(center, y + h / 2 + r);
      pen.lineTo(center - r, y + h / 2);
      pen.closePath();
      pen.fillStyle = bad;
      pen.fill();
      pen.lineWidth = 1.5;
      pen.strokeStyle = paper;
      pen.stroke();
    }
  };

  const drawWorker = (pen, worker, y, h) => {
    if (worker.end < view.from || worker.start > view.to) return 0;
    const ready = worker.ready < 0 ? worker.end : worker.ready;
    const bar = (from, to, fill, inset) => {
      const x0 = Math.max(left, x(from)), x1 = Math.min(width, x(to));
      pen.fillStyle = fill;
      if (x1 > x0) pen.fillRect(x0, y + inset, Math.max(1, x1 - x0), h - 2 * inset);
    };
    bar(worker.start, ready, starting, h / 4);
    bar(ready, worker.end, line, h / 2 - .5);
    const drawn = drawTasks(pen, worker, y, h);
    return drawn;
  };

  /** What went wrong, above all else. */
  const drawMarks = (pen, worker, y, h) => {
    drawFailures(pen, worker, y, h);
    if (worker.lost && worker.end >= view.from && worker.end <= view.to) {
      const r = clamp(h / 4, 2.5, 4);
      cross(pen, clamp(x(worker.end) + r + 2, left + r, width - r - 1), y + h / 2, r);
    }
  };

  const drawTimeline = () => {
    const pen = context(timeline, height);
    const gap = rowHeight >= 16 ? 4 : rowHeight >= 8 ? 2 : 1;
    let tasks = 0, workers = 0;
    drawGrid(pen, axis, height);
    drawAxis(pen);
    rows.forEach((row, number) => {
      const y = axis + number * rowHeight;
      for (const worker of row) {
        tasks += drawWorker(pen, worker, y + gap / 2, rowHeight - gap);
        workers++;
      }
      for (const worker of row) drawMarks(pen, worker, y + gap / 2, rowHeight - gap);
      if (rowHeight >= 13) {
        const known = row.find(worker => worker.end >= view.from) || row[row.length - 1];
        pen.fillStyle = soft;
        pen.textAlign = "right";
        pen.fillText((left > 60 ? "worker " : "") + known.id + (row.length > 1 ? " …" : ""), left - 8, y + rowHeight / 2 + .5);
      }
    });
    if (selected >= 0) outline(pen, gap);
    if (view.to - view.from < span) drawPosition(pen);
    if (!data.workers.length) {
      pen.fillStyle = soft;
      pen.textAlign = "center";
      pen.fillText("No worker has been started.", width / 2, axis + 20);
    }
    timeline.dataset.rows = rows.length;
    timeline.dataset.workers = workers;
    timeline.dataset.tasks = tasks;
  };

  const outline = (pen, gap) => {
    const number = rows.findIndex(row => row.some(worker => selected >= worker.from && selected < worker.to));
    const x0 = Math.max(left, x(task.start[selected])), x1 = Math.min(width, x(end[selected]));
    if (x1 < left || x0 > width) return;
    pen.strokeStyle = ink;
    pen.lineWidth = 2;
    pen.strokeRect(x0 - 1, axis + number * rowHeight + gap / 2 - 1, Math.max(3, x1 - x0 + 1), rowHeight - gap + 2);
  };

  /** Which part of the whole is shown. */
  const drawPosition = pen => {
    const whole = width - left;
    pen.fillStyle = line;
    pen.fillRect(left, axis - 3, whole, 2);
    pen.fillStyle = accent;
    pen.fillRect(left + view.from / span * whole, axis - 3, Math.max(4, (view.to - view.from) / span * whole), 2);
  };

  /* ---- busy workers ---- */

  /** From times[i] on, values[i] of them; sums[i] is the area before. */
  const steps = events => {
    events.sort((one, other) => one[0] - other[0]);
    const times = [0], values = [0];
    for (const [t, by] of events) {
      if (t > times[times.length - 1]) {
        times.push(t);
        values.push(values[values.length - 1]);
      }
      values[values.length - 1] += by;
    }
    const sums = new Float64Array(times.length);
    for (let i = 1; i < times.length; i++) sums[i] = sums[i - 1] + values[i - 1] * (times[i] - times[i - 1]);
    return { times: Float64Array.from(times), values, sums };
  };
  const busySteps = (() => {
    const events = [];
    for (let i = 0; i < count; i++) if (task.length[i] > 0) events.push([task.start[i], 1], [end[i], -1]);
    return steps(events);
  })();
  const readySteps = (() => {
    const events = [];
    for (const worker of data.workers) if (worker.ready >= 0) events.push([worker.ready, 1], [worker.end, -1]);
    return steps(events);
  })();
  const area = (series, t) => {
    const i = search(series.times, t + 1e-9, 0, series.times.length) - 1;
    return i < 0 ? 0 : series.sums[i] + series.values[i] * (t - series.times[i]);
  };
  const mean = (series, from, to) => (area(series, to) - area(series, from)) / (to - from);
  const peak = series => series.values.reduce((most, value) => Math.max(most, value), 0);
  const most = Math.max(1, peak(busySteps), peak(readySteps));

  const drawLoad = () => {
    const tall = 96, top = 8, bottom = tall - 4;
    const pen = context(loadChart, tall);
    const y = value => bottom - value / most * (bottom - top);
    drawGrid(pen, top, bottom);
    pen.fillStyle = soft;
    pen.textAlign = "right";
    pen.fillText(most, left - 8, top + 2);
    pen.fillText("0", left - 8, bottom - 4);
    const last = Math.min(width, Math.ceil(x(data.now)));
    const trace = (series, close) => {
      pen.beginPath();
      if (close) pen.moveTo(left, bottom);
      for (let pixel = left; pixel < last; pixel++) {
        const value = y(mean(series, at(pixel), at(pixel + 1)));
        pen.lineTo(pixel, value);
        pen.lineTo(pixel + 1, value);
      }
      if (close) pen.lineTo(last, bottom);
    };
    trace(busySteps, true);
    pen.fillStyle = accent;
    pen.globalAlpha = .55;
    pen.fill();
    pen.globalAlpha = 1;
    trace(readySteps, false);
    pen.strokeStyle = soft;
    pen.lineWidth = 1.25;
    pen.setLineDash([4, 3]);
    pen.stroke();
    pen.setLineDash([]);
    pen.fillStyle = soft;
    pen.fillRect(left, bottom, width - left, 1);
  };

  let due = false;
  const redraw = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  };
  const moment = t => tick(t, 10 ** Math.floor(Math.log10((view.to - view.from) / 100)), span);
  const draw = () => {
    drawTimeline();
    drawLoad();
    byId("range").textContent = view.to - view.from < span ? moment(view.from) + " to " + moment(view.to) : "";
  };
  const resize = () => {
    width = Math.max(200, stage.clientWidth);
    left = width < 600 ? 30 : 84;
    rowHeight = rows.length <= 16 ? 26 : rows.length <= 32 ? 20 : rows.length <= 64 ? 14 : 8;
    height = axis + Math.max(2, rows.length) * rowHeight + 4;
    draw();
  };

  /* ---- tooltips ---- */

  const tip = byId("tip");
  const name = i => data.labels[task.label[i]] || "task";
  const id = i => data.maps[task.map[i]] + task.id[i];
  const workerOf = i => data.workers.find(worker => i >= worker.from && i < worker.to);

  const fillTip = (title, facts) => {
    tip.textContent = "";
    const heading = document.createElement("strong");
    heading.textContent = title;
    const list = document.createElement("dl");
    for (const [term, value, style] of facts) {
      if (value === null) continue;
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = term;
      dd.textContent = value;
      if (style) dd.className = style;
      list.append(dt, dd);
    }
    tip.append(heading, list);
  };
  const placeTip = (px, py) => {
    tip.hidden = false;
    const w = tip.offsetWidth, h = tip.offsetHeight;
    tip.style.left = clamp(px + 14 + w > width ? px - w - 14 : px + 14, 0, Math.max(0, width - w)) + "px";
    tip.style.top = (py + 18 + h > stage.clientHeight && py - h - 12 > -160 ? py - h - 12 : py + 18) + "px";
  };
  const known = (value, text) => (value < 0 ? null : text(value));
  const taskFacts = i => {
    const worker = workerOf(i);
    return [
      ["task", id(i)],
      ["status", data.statuses[task.status[i]], isFailure(i) ? "bad" : ""],
      ["worker", worker.id + (worker.pid < 0 ? "" : " (pid " + worker.pid + ")")],
      ["attempt", task.attempt[i] > 1 ? task.attempt[i] : null],
      ["started at", tick(task.start[i], 1e3, span)],
      ["queued", known(task.queued[i], time)],
      ["reading", task.reading[i] > 0 ? time(task.reading[i]) : null],
      ["ran", time(task.running[i] < 0 ? task.length[i] : task.running[i])],
      ["writing", task.writing[i] > 0 ? time(task.writing[i]) : null],
      ["processor", known(task.cpu[i], time)],
      ["garbage", task.gc[i] > 0 ? time(task.gc[i]) : null],
      ["allocated", known(task.allocated[i], bytes)],
      ["argument", known(task.argument[i], bytes)],
      ["result", known(task.result[i], bytes)],
    ];
  };
  const workerFacts = worker => [
    ["process", worker.pid < 0 ? null : worker.pid],
    ["started at", time(worker.start)],
    ["start-up", worker.ready < 0 ? null : time(worker.ready - worker.start)],
    [worker.ended ? "ended at" : "seen at", time(worker.end)],
    ["tasks here", worker.tasks],
    ["state", worker.state, worker.lost ? "bad" : ""],
  ];

  const hover = event => {
    const box = stage.getBoundingClientRect();
    const px = event.clientX - box.left, py = event.clientY - box.top;
    const row = rows[Math.floor((py - axis) / rowHeight)];
    if (!row || px < left || py < axis) {
      tip.hidden = true;
      return;
    }
    const near = 4 * (view.to - view.from) / (width - left);
    const t = at(px);
    const worker = row.find(w => t >= w.start - near && t <= w.end + near);
    if (!worker) {
      tip.hidden = true;
      return;
    }
    const failure = worker.failures.find(i => Math.abs(x(end[i]) - px) <= 6);
    let i = search(end, t, worker.from, worker.to);
    if (i === worker.to || task.start[i] - t > near) i = -1;
    if (failure !== undefined) i = failure;
    if (i < 0) fillTip("worker " + worker.id, workerFacts(worker));
    else fillTip(name(i), taskFacts(i));
    placeTip(px, py);
  };

  const select = step => {
    if (!count) return;
    selected = selected < 0 ? (step > 0 ? 0 : count - 1) : (selected + step + count) % count;
    const length = view.to - view.from;
    if (task.start[selected] < view.from || end[selected] > view.to) show(task.start[selected] - length / 3, length);
    redraw();
    fillTip(name(selected), taskFacts(selected));
    const number = rows.findIndex(row => row.includes(workerOf(selected)));
    placeTip(clamp(x(task.start[selected]), left, width), axis + (number + 1) * rowHeight - 12);
  };

  /* ---- mouse and keyboard ---- */

  let drag = null;
  timeline.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    drag = { x: event.clientX, from: view.from };
    timeline.setPointerCapture(event.pointerId);
    timeline.classList.add("dragging");
  });
  timeline.addEventListener("pointermove", event => {
    if (!drag) {
      hover(event);
      return;
    }
    tip.hidden = true;
    const length = view.to - view.from;
    show(drag.from - (event.clientX - drag.x) / (width - left) * length, length);
  });
  const drop = () => {
    drag = null;
    timeline.classList.remove("dragging");
  };
  timeline.addEventListener("pointerup", drop);
  timeline.addEventListener("pointercancel", drop);
  timeline.addEventListener("pointerleave", () => (tip.hidden = true));
  timeline.addEventListener("blur", () => {
    selected = -1;
    tip.hidden = true;
    redraw();
  });
  timeline.addEventListener("dblclick", event => zoom(.4, event.clientX - stage.getBoundingClientRect().left));
  timeline.addEventListener("wheel", event => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (!sideways && !event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    tip.hidden = true;
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (sideways) pan((event.deltaX || event.deltaY) * unit / (width - left));
    else zoom(Math.exp(clamp(event.deltaY * unit, -120, 120) / 240), event.clientX - stage.getBoundingClientRect().left);
  }, { passive: false });
  const keys = {
    ArrowLeft: () => pan(-.1), ArrowRight: () => pan(.1), "+": () => zoom(.7), "=": () => zoom(.7),
    "-": () => zoom(1 / .7), 0: () => show(0, span), Home: () => show(0, view.to - view.from),
    End: () => show(span, view.to - view.from), n: () => select(1), p: () => select(-1),
    Escape: () => (tip.hidden = true),
  };
  timeline.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  byId("in").addEventListener("click", () => zoom(.5));
  byId("out").addEventListener("click", () => zoom(2));
  byId("all").addEventListener("click", () => show(0, span));

  /* ---- sortable tables ---- */

  const collator = new Intl.Collator("en", { numeric: true });
  const key = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.order === undefined ? cell.textContent : Number(cell.dataset.order);
  };
  for (const heading of document.querySelectorAll("thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const body = heading.closest("table").tBodies[0];
      const down = heading.getAttribute("aria-sort") !== "descending"
        && (heading.classList.contains("figure") || heading.getAttribute("aria-sort") === "ascending");
      for (const other of heading.parentNode.children) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...body.rows].sort((one, other) => {
        const a = key(one, heading.cellIndex), b = key(other, heading.cellIndex);
        return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b);
      });
      body.append(...(down ? sorted.reverse() : sorted));
    });
  }

  /* ---- begin ---- */

  const restyle = () => {
    readColours();
    legend();
    draw();
  };
  for (const element of [stage, byId("keys"), document.querySelector(".controls")]) element.hidden = false;
  readColours();
  resize();
  legend();
  prefersDark.addEventListener("change", restyle);
  printing.addEventListener("change", restyle);
  new ResizeObserver(() => { if (stage.clientWidth !== width) resize(); }).observe(stage);
  document.documentElement.dataset.script = "ran";
})();
