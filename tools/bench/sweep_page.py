"""The page that shows the sweeps: one chart a factor, drawn as SVG, with captions computed from the counts."""
import html

import judge

WORDS = {"right": "amount and form right", "amount": "amount right, form not", "none": "no amount given",
         "doubtful": "wrong amount, marked as unsure", "wrong": "wrong amount, given as sure"}
WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 10, 10, 54  # what the axes take

STYLE = """
:root { color-scheme: light dark; --page: #fcfcfb; --ink: #1c1c1a; --soft: #5c5b56; --line: #d9d8d2;
  --right: #1f6fb5; --amount: #8fbfe6; --none: #c9c7bf; --doubtful: #e0a030; --wrong: #c62828; }
@media (prefers-color-scheme: dark) { :root { --page: #191918; --ink: #f2f1ec; --soft: #b5b3ab; --line: #3a3a37;
  --right: #4d9be0; --amount: #24527c; --none: #5b5a55; --doubtful: #d99a2b; --wrong: #ef5350; } }
body { margin: 0 auto; padding: 24px 16px 48px; max-width: 940px; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; } h2 { font-size: 19px; margin: 0 0 4px; }
p { margin: 0 0 12px; max-width: 70ch; } a { color: var(--right); }
.legend { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; margin: 16px 0 24px; padding: 0; }
.legend i { display: inline-block; width: 14px; height: 14px; border-radius: 3px; margin-right: 8px;
  vertical-align: -2px; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); gap: 36px 28px; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: 15px; line-height: 1.45; }
svg { display: block; width: 100%; height: auto; } text { fill: var(--soft); font: 13px system-ui, sans-serif; }
.grid { stroke: var(--line); } .axis { stroke: var(--soft); }
details { margin-top: 36px; } table { border-collapse: collapse; font-size: 14px; margin: 12px 0 24px; }
th, td { text-align: right; padding: 3px 10px; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; } caption { text-align: left; font-weight: 600; }
.scroll { overflow-x: auto; }
""" + "".join(f".{kind} {{ fill: var(--{kind}); background: var(--{kind}); }}\n" for kind in judge.KINDS)


def count(step):
    return sum(step[kind] for kind in judge.KINDS)


def shown(factor, step):
    return f"{step['value']:g}{factor['unit']}"


def total(steps):
    return {kind: sum(step[kind] for step in steps) for kind in judge.KINDS}


def outcome(lost, who):
    """What is said about the pictures that were not read right, counted."""
    said = {"none": "without an amount", "amount": "with the amount but not the form",
            "doubtful": "with a wrong amount marked as unsure", "wrong": "with a wrong amount given as sure"}
    number = sum(lost[kind] for kind in said)
    parts = [f"{lost[kind] or 'none'} {text}" for kind, text in said.items() if lost[kind] or kind == "wrong"]
    return f"Of the {number} {who}: {', '.join(parts)}."


def breaks(factor):
    """Up to where all pictures are read right, and where more than half are not."""
    steps, good = factor["steps"], None
    for step in steps:
        if step["right"] < count(step):
            break
        good = step
    toward = "up" if steps[-1]["value"] > steps[0]["value"] else "down"
    half = next((step for step in steps if 2 * step["right"] < count(step)), None)
    if good is steps[0]:
        return f"Labels are lost from {shown(factor, steps[1])} on." + (
            f" More than half are not read right at {shown(factor, half)}." if half else "")
    first = (f"All {count(good)} labels are read right {toward} to {shown(factor, good)}." if good
             else "Not all labels are read right even at the first step.")
    second = f"More than half are not at {shown(factor, half)}." if half else "At no step are more than half lost."
    return f"{first} {second}"


def caption(factor):
    lost = total(factor["steps"])
    if lost["right"] == sum(lost.values()):
        return "All pictures are read right at every step."
    return f"{breaks(factor)} {outcome(lost, 'not read right')}"


def column(factor, step, x, width):
    """One step: a stack of shares, the right ones at the bottom."""
    plot, parts, y = HEIGHT - TOP - BOTTOM, [], HEIGHT - BOTTOM
    for kind in judge.KINDS:
        if step[kind]:
            high = plot * step[kind] / count(step)
            y -= high
            parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{y + 1:.1f}" width="{width:.1f}" '
                         f'height="{high - 1:.1f}"><title>{shown(factor, step)}: {step[kind]} of {count(step)} '
                         f'{WORDS[kind]}</title></rect>')
    parts.append(f'<text x="{x + width / 2:.1f}" y="{HEIGHT - BOTTOM + 17}" text-anchor="middle">'
                 f'{step["value"]:g}</text>')
    return "".join(parts)


def chart(factor):
    plot = HEIGHT - TOP - BOTTOM
    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(factor["title"])}: '
             f'{html.escape(caption(factor))}">']
    for share in (0, 25, 50, 75, 100):
        y = HEIGHT - BOTTOM - plot * share / 100
        kind = "grid" if share else "axis"
        parts.append(f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
                     f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share}'
                     f'{" %" if share == 100 else ""}</text>')
    slot = (WIDTH - LEFT - RIGHT) / len(factor["steps"])
    for i, step in enumerate(factor["steps"]):
        parts.append(column(factor, step, LEFT + slot * i + slot * 0.14, slot * 0.72))
    parts.append(f'<text x="{LEFT + (WIDTH - LEFT - RIGHT) / 2:.0f}" y="{HEIGHT - 14}" text-anchor="middle">'
                 f'{html.escape(factor["axis"])}</text></svg>')
    return "".join(parts)


def table(factor):
    head = "".join(f"<th>{WORDS[kind]}" for kind in judge.KINDS)
    rows = "".join(f"<tr><td>{shown(factor, step)}" + "".join(f"<td>{step[kind]}" for kind in judge.KINDS)
                   for step in factor["steps"])
    return (f'<div class="scroll"><table><caption>{html.escape(factor["title"])}: {html.escape(factor["axis"])}'
            f"</caption><tr><th>{head}{rows}</table></div>")


def everything(result):
    """The counts of all steps; the base setting is the first step of each factor and counts in each."""
    return total([step for factor in result["factors"].values() for step in factor["steps"]])


def page(result):
    """The whole page; it loads nothing."""
    figures = "\n".join(f'<figure><h2>{html.escape(f["title"])}</h2>{chart(f)}<figcaption>{html.escape(caption(f))}'
                        "</figcaption></figure>" for f in result["factors"].values())
    legend = "".join(f'<li><i class="{kind}"></i>{WORDS[kind]}' for kind in judge.KINDS)
    return f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>magscan: how far a label can go</title>
<style>{STYLE}</style>
<h1>How far a label can go</h1>
<p>{len(result["labels"])} drawn facts panels, photographed by a simulated camera from slightly above. One factor at a
time gets worse; everything else stays as good as in the first column. {result["pictures"]} pictures in all. Drawn
pictures are kinder than real ones: take the order of things from here, and a margin.</p>
<p>{outcome(everything(result), "pictures that are not read right")}</p>
<ul class="legend">{legend}</ul>
<div class="charts">
{figures}
</div>
<details><summary>The counts as tables</summary>
{"".join(table(f) for f in result["factors"].values())}
</details>
<p><code>tools/bench/sweep</code> draws, scans and counts all this anew.</p>
</html>
"""


def summary(result):
    """A line a factor, for the terminal."""
    return "\n".join(f"{f['title']}: {caption(f)}" for f in result["factors"].values())
