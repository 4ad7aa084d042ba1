# Run by cpack when all files are in place: packages without the text detector would read fewer labels.
file(GLOB_RECURSE found "${CPACK_TEMPORARY_DIRECTORY}/*/magscan/models/ch_PP-OCRv4_det.net")
if(NOT found)
    message(FATAL_ERROR "models/ch_PP-OCRv4_det.net is missing. Run ./setup, which fetches it, and cpack again")
endif()
