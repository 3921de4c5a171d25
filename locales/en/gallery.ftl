### The gallery of components, on development machines only.

gallery-title = Components
gallery-lead = Every component in every state; the tests of HTML and accessibility read this page. On development machines only.
gallery-pages = Pages with sample values
gallery-type = Type
gallery-colours = Colours
gallery-buttons = Buttons, labels
gallery-messages = Messages
gallery-forms = Forms
gallery-ways = Ways
gallery-empty = Empty
gallery-icons = Icons
gallery-hint = A hint stands before the field, says how to write and gives an example.
