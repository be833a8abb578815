# Doxygen's input filter: our comments are plain `//`, Doxygen wants `///`, and `///<` behind code. The
# first comment of a file is the file's. What is indented in a comment (wire drawings, tables) stays as
# it was drawn; what is in `backticks` is code; nothing in our comments is meant as HTML or as a command.

function escaped(text,    parts, count, i, out) {
  count = split(text, parts, "`")
  out = ""
  for (i = 1; i <= count; i++) {
    if (i % 2 == 1) { gsub(/\\/, "\\\\", parts[i]); gsub(/[<>@#&]/, "\\\\&", parts[i]) }
    out = out (i > 1 ? "`" : "") parts[i]
  }
  return out
}

function end_drawing() { if (drawing) { print "/// @endcode"; drawing = 0 } }

# A list goes on as a list, whatever it is indented by; other indented lines are a drawing.
function comment(text) {
  if (text ~ /^ *-( |$)/ || (in_list && text ~ /^   /)) { end_drawing(); in_list = 1; print "///" escaped(text); return }
  in_list = 0
  if (text ~ /^  +[^ ]/) {
    if (!drawing) { print "/// @code{.unparsed}"; drawing = 1 }
    print "///" text
    return
  }
  end_drawing()
  print "///" escaped(text)
}

FNR == 1 { file_comment = /^\/\// ; if (file_comment) print "/// @file" }

# What stands below a line of dashes is a heading for readers of the source.
/^ *\/\/ *-----/ { heading = 1 }
/^ *\/\/ *(-----|NOLINT|clang-format)/ || (heading && /^ *\/\//) { end_drawing(); print; next }
{ heading = 0 }

/^ *\/\// {
  column = index($0, "//")
  text = substr($0, column + 2)
  if (behind && column == behind) { print substr($0, 1, column - 1) "///<" escaped(text); next }
  comment(text)
  behind = 0
  next
}

{ end_drawing(); in_list = 0; behind = 0 }

# A comment behind code; not an address in a string.
match($0, /[;,{)a-zA-Z0-9_]  +\/\/ /) && !/"[^"]*\/\/[^"]*"/ && !/^ *}/ && !/NOLINT/ && !/^#(endif|else)/ {
  behind = RSTART + RLENGTH - 3
  print substr($0, 1, behind - 1) "///<" escaped(substr($0, behind + 2))
  next
}

{ print }

END { end_drawing() }
