#include "tools/queue/amqp_values.h"

namespace magscan::tools::queue {

amqp_bytes_t bytes(const std::string& text) {
    return {text.size(), const_cast<char*>(text.data())};
}

amqp_bytes_t bytes(const char* text) {
    return ::amqp_cstring_bytes(text);
}

std::string text(const amqp_bytes_t& bytes) {
    return {static_cast<const char*>(bytes.bytes), bytes.len};
}

amqp_table_entry_t entry(const char* name, const char* value) {
    amqp_table_entry_t out{};
    out.key = bytes(name);
    out.value.kind = AMQP_FIELD_KIND_UTF8;
    out.value.value.bytes = bytes(value);
    return out;
}

amqp_table_entry_t entry(const char* name, unsigned value) {
    amqp_table_entry_t out{};
    out.key = bytes(name);
    out.value.kind = AMQP_FIELD_KIND_I32;
    out.value.value.i32 = static_cast<std::int32_t>(value);
    return out;
}

amqp_table_entry_t entry(const char* name, const amqp_table_t& value) {
    amqp_table_entry_t out{};
    out.key = bytes(name);
    out.value.kind = AMQP_FIELD_KIND_TABLE;
    out.value.value.table = value;
    return out;
}

amqp_table_entry_t flag(const char* name) {
    amqp_table_entry_t out{};
    out.key = bytes(name);
    out.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    out.value.value.boolean = 1;
    return out;
}

// RabbitMQ counts in the header x-delivery-count; there is none the first time.
unsigned returns_of(const amqp_basic_properties_t& properties) {
    if ((properties._flags & AMQP_BASIC_HEADERS_FLAG) == 0) return 0;
    for (int i = 0; i < properties.headers.num_entries; ++i) {
        const amqp_table_entry_t& header = properties.headers.entries[i];
        if (text(header.key) != "x-delivery-count") continue;
        switch (header.value.kind) {
            case AMQP_FIELD_KIND_U8:
            case AMQP_FIELD_KIND_I8:
                return header.value.value.u8;
            case AMQP_FIELD_KIND_U16:
            case AMQP_FIELD_KIND_I16:
                return header.value.value.u16;
            case AMQP_FIELD_KIND_U32:
            case AMQP_FIELD_KIND_I32:
                return header.value.value.u32;
            case AMQP_FIELD_KIND_U64:
            case AMQP_FIELD_KIND_I64:
                return static_cast<unsigned>(header.value.value.u64);
            default:
                return 0;
        }
    }
    return 0;
}

}  // namespace magscan::tools::queue
