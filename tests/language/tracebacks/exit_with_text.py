# sys.exit with a text prints it.
# with stderr
import sys
sys.exit('message')
