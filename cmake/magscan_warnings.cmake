# How all of the project is compiled: warnings, paths, visibility and sanitizers.
function(magscan_target_flags target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
        -Wnon-virtual-dtor
        # GCC 12 sees overlaps where a string literal is added to a std::string (its bug 105651).
        $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
        # OpenCV's macros name the file in their errors: no folder of whoever built it.
        "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
    # All of it may end up inside libmagscan.so, which shows only its public functions.
    set_target_properties(${target} PROPERTIES
        POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    if(MAGSCAN_DEVELOPER)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(MAGSCAN_SANITIZE)
        list(JOIN MAGSCAN_SANITIZE "," sanitizers)
        # With sanitizers GCC 12 loses track of what is initialised.
        target_compile_options(${target} PRIVATE -fsanitize=${sanitizers} -fno-omit-frame-pointer
            $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
        target_link_options(${target} PUBLIC -fsanitize=${sanitizers})
    endif()
endfunction()

# The same with the project's include root.
function(magscan_target_defaults target)
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    magscan_target_flags(${target})
endfunction()

# magscan_library(NAME SOURCES...): a static library, a room of the project.
function(magscan_library name)
    add_library(${name} STATIC ${ARGN})
    magscan_target_defaults(${name})
endfunction()

# magscan_precompile(TARGET HEADER...): parses heavy headers once for all of a target's files, where the build is told to
# (MAGSCAN_PRECOMPILE). Not for the build that clang-tidy reads: clang refuses GCC's precompiled headers.
function(magscan_precompile target)
    if(MAGSCAN_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE ${ARGN}
            <algorithm> <functional> <map> <memory> <optional> <string> <string_view> <vector> <nlohmann/json.hpp>)
    endif()
endfunction()
