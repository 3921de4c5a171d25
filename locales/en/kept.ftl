# What was typed and has no field any more, and what is stored when somebody else was faster.

unsent-title = What you typed
unsent-lead = It was not saved. Copy it if you still need it.
stored-title = What is stored now
stored-lead = Somebody saved before you. The form still holds what you typed; saving it replaces what stands here.
unsent-words = Text
