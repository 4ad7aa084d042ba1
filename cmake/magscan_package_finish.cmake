# Run by cpack when all files are in place.

# Packages without the text detector would read fewer labels.
file(GLOB_RECURSE found "${CPACK_TEMPORARY_DIRECTORY}/ch_PP-OCRv4_det.net")
if(NOT found)
    message(FATAL_ERROR "models/ch_PP-OCRv4_det.net is missing. Run ./setup, which fetches it, and cpack again")
endif()

# Archives, too, go without what only a debugger asks for; cpack strips programs and shared libraries alone.
file(GLOB_RECURSE archives "${CPACK_TEMPORARY_DIRECTORY}/*.a")
foreach(archive IN LISTS archives)
    execute_process(COMMAND strip --strip-debug --enable-deterministic-archives "${archive}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
