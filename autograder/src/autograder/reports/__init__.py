"""What people read: `feedback` pages for students, the `report` on a class and its HTML `page`, `slides` for lectures.

`phrases` holds the words of the feedback page in each language, `templates` how pages look, and `kernel` runs the
instructor's own notebooks for the slides.
"""
