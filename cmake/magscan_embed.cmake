# magscan_embed(TARGET FILE...): compiles data files into the target. Each becomes a
# `const std::string_view` in namespace magscan::data, declared in "<target>_data.h": a .json file under its name before
# the first dot (data/compounds.json -> magscan::data::compounds), any other under its whole name with '_' for what no C++
# name may hold (index.html -> magscan::data::index_html). No two targets of one program may embed the same name.
function(magscan_embed target)
    set(out_dir "${CMAKE_CURRENT_BINARY_DIR}/embedded")
    set(header "${out_dir}/${target}_data.h")
    set(source "${out_dir}/${target}_data.cpp")
    set(declarations "")
    set(definitions "")
    foreach(file IN LISTS ARGN)
        get_filename_component(path "${file}" ABSOLUTE)
        if(file MATCHES "\\.json$")
            get_filename_component(name "${file}" NAME_WE)
        else()
            get_filename_component(name "${file}" NAME)
            string(MAKE_C_IDENTIFIER "${name}" name)
        endif()
        string(APPEND declarations "extern const std::string_view ${name};\n")
        string(APPEND definitions
            "extern \"C\" const char magscan_data_${name}[];\nextern \"C\" const char magscan_data_${name}_end[];\n"
            "__asm__(\".pushsection .rodata\\n.global magscan_data_${name}\\n.hidden magscan_data_${name}\\nmagscan_data_${name}:\\n.incbin \\\"${path}\\\"\\n"
            ".global magscan_data_${name}_end\\n.hidden magscan_data_${name}_end\\nmagscan_data_${name}_end:\\n.byte 0\\n.popsection\\n\");\n"
            "namespace magscan::data { extern const std::string_view ${name};\n"
            "const std::string_view ${name}(magscan_data_${name},"
            " static_cast<std::size_t>(magscan_data_${name}_end - magscan_data_${name})); }\n")
        list(APPEND paths "${path}")
    endforeach()
    file(CONFIGURE OUTPUT "${header}" @ONLY CONTENT
        "#pragma once\n#include <string_view>\nnamespace magscan::data {\n${declarations}}\n")
    file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
        "#include <cstddef>\n#include <string_view>\n${definitions}")
    set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${paths}")
    target_sources(${target} PRIVATE "${source}")
    target_include_directories(${target} PRIVATE "${out_dir}")
endfunction()
