"""A course on disk, what is released from it, and what is handed in.

    folder         where notebooks, submissions, gradebook and pages are
    configuration  how nbgrader is set up for it
    nbgrader_api   nbgrader's own programs, called for it
    nbgrader_cells what its metadata says of a cell
    gradebook      nbgrader's tables, read without importing nbgrader
    languages      the languages of the editions

    source         the instructor's text files, and the edition that each language gets
    release        those editions for students, and their points in the gradebook
    answers        released notebooks filled in as by a student
    archive        what an LMS exports, read without unpacking it
    collect        from there to the place where grading expects each submission

The stages after this one know a course through these modules alone.
"""
