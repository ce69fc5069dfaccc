# Notes stand behind the message.
# with stderr
e = ValueError('multi\nline')
e.add_note('note 1')
e.add_note('note 2\nmore')
raise e
