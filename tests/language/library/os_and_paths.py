"""Paths as text, and files, directories and the environment."""

import os, os.path
TOP='/tmp/gilt-test-os-%d' % os.getpid()
from os import path
p=path
for a in ['','/','a','a/b','/a/b/','//x','a//b','.','..','a/..','/..','a/./b','.bashrc','x.tar.gz','a.b/c','..a','/a/b.c']:
    print(repr(a), p.split(a), p.splitext(a), p.normpath(a), p.basename(a), p.dirname(a), p.isabs(a))
print(p.join('a','b','/c','d'), p.join('a/','b'), p.join('','x'), p.join('a',''), p.commonprefix(['abc','abd']), p.commonpath(['/a/b','/a/c']), p.relpath('/a/b','/a/c/d'))
os.chdir('/tmp'); print(os.getcwd(), p.exists('/tmp'), p.isfile('/tmp'), p.isdir('/tmp'), p.exists('/nope'), p.abspath('x'))
os.makedirs(TOP+'/y', exist_ok=True); open(TOP+'/f','w').write('hello'); print(sorted(os.listdir(TOP)), p.getsize(TOP+'/f'), [ (d.replace(TOP,''),sorted(x),y) for d,x,y in os.walk(TOP)])
os.rename(TOP+'/f',TOP+'/g'); os.remove(TOP+'/g'); os.rmdir(TOP+'/y'); os.rmdir(TOP)
try: os.rmdir(TOP)
except FileNotFoundError as e: print(str(e).replace(TOP,''), e.errno, e.filename==TOP)
os.environ['QQ']='1'; print(os.getenv('QQ'), os.environ.get('NOPE'), 'QQ' in os.environ); del os.environ['QQ']; print(os.getenv('QQ'))
r,w=os.pipe(); print(os.write(w,b'abc'), os.read(r,10)); os.close(r); os.close(w)
print(os.getpid()>0, os.cpu_count()>0, len(os.urandom(5)), os.sep, os.name, os.linesep=='\n', os.stat('/tmp').st_mode>0)
