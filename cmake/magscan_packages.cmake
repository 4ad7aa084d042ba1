# Debian packages, one a component: cpack --config build/CPackConfig.cmake
#   runtime  libmagscan0      the library, named after its SONAME, and the models that it and the program read with
#   dev      libmagscan-dev   headers, CMake package, pkg-config
#   tools    magscan          the program, its manual, completions, service unit and documents
set(MAGSCAN_MAINTAINER "magscan maintainers <maintainers@magscan.invalid>" CACHE STRING
    "Who the Debian packages name as their maintainer")
set(debian "${PROJECT_SOURCE_DIR}/cmake/debian")
set(debian_out "${PROJECT_BINARY_DIR}/debian")
set(MAGSCAN_DEBIAN_RELEASE 1)
string(TIMESTAMP MAGSCAN_CHANGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)  # that of $SOURCE_DATE_EPOCH where it is set

# The documents that Debian wants in each package; other installations have the licences alone.
find_program(MAGSCAN_GZIP gzip REQUIRED)
configure_file("${debian}/changelog.in" "${debian_out}/changelog.Debian" @ONLY)
configure_file("${PROJECT_SOURCE_DIR}/CHANGELOG.md" "${debian_out}/changelog" COPYONLY)
foreach(changelog IN ITEMS changelog changelog.Debian)
    execute_process(COMMAND "${MAGSCAN_GZIP}" -9nf "${debian_out}/${changelog}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
function(magscan_debian_documents component package)
    set(folder "${CMAKE_INSTALL_DATADIR}/doc/${package}")
    install(FILES "${debian}/copyright" DESTINATION "${folder}" COMPONENT ${component})
    install(FILES "${debian_out}/changelog.gz" "${debian_out}/changelog.Debian.gz"
        DESTINATION "${folder}" COMPONENT ${component} EXCLUDE_FROM_ALL)
endfunction()
magscan_debian_documents(runtime libmagscan${PROJECT_VERSION_MAJOR})
magscan_debian_documents(dev libmagscan-dev)
magscan_debian_documents(tools magscan)

set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_NAME magscan)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "${MAGSCAN_MAINTAINER}")
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL runtime dev tools)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/magscan_package_finish.cmake")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${MAGSCAN_DEBIAN_RELEASE})
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(same_version "(= ${PROJECT_VERSION}-${MAGSCAN_DEBIAN_RELEASE})")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(about "It reads photos of supplement labels - facts panels, tables and fronts of
pack - and tells how much magnesium itself is in a serving, in which form,
whether the printed amount was the magnesium or the whole compound, and how
sure that is.
.")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libmagscan${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS tesseract-ocr-eng)
set(other_languages tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-spa tesseract-ocr-ita tesseract-ocr-nld
    tesseract-ocr-por tesseract-ocr-pol tesseract-ocr-ell)
list(JOIN other_languages ", " CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS)
# What other packages depend on who are linked with the library, and that the linker is told of it.
file(CONFIGURE OUTPUT "${debian_out}/shlibs" @ONLY
    CONTENT "libmagscan @PROJECT_VERSION_MAJOR@ libmagscan@PROJECT_VERSION_MAJOR@ (>= @PROJECT_VERSION@)\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA "${debian_out}/shlibs" "${debian}/triggers")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "elemental magnesium from photos of labels (library and models)
${about}
This package has the library and the models that it reads with.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libmagscan-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
# pkg-config wants the files of all that magscan.pc requires, even of what only the static library needs.
set(required libexpected-dev libtesseract-dev libleptonica-dev libheif-dev libjpeg62-turbo-dev libpng-dev libtiff-dev
    libwebp-dev libssl-dev libicu-dev)
list(JOIN required ", " required)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libmagscan${PROJECT_VERSION_MAJOR} ${same_version}, ${required}")
set(CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS
    "libopencv-core-dev, libopencv-imgproc-dev, libdnnl-dev")  # the static library's
set(CPACK_COMPONENT_DEV_DESCRIPTION "elemental magnesium from photos of labels (headers)
${about}
This package has what programs in C and C++ are built with: headers, the
static library, a CMake package and pkg-config's file.")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME magscan)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_TOOLS_PACKAGE_DEPENDS "libmagscan${PROJECT_VERSION_MAJOR} ${same_version}, adduser")
set(CPACK_DEBIAN_TOOLS_PACKAGE_SUGGESTS nginx)
set(CPACK_DEBIAN_TOOLS_PACKAGE_CONTROL_EXTRA "${debian}/postinst" "${debian}/prerm" "${debian}/postrm")
set(CPACK_DEBIAN_TOOLS_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_COMPONENT_TOOLS_DESCRIPTION "elemental magnesium from photos of supplement labels
${about}
This package has the command line program, which can also answer over HTTP,
as a systemd service behind a proxy.")

include(CPack)
