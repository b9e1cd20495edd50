// The part of the PJRT C API that gojax calls, written down from its documented layout (API 0.104 to 0.115).
//
// The function table is an array of pointers after a fixed head, so a call is named by its index alone. Every argument
// struct starts with its size and an extension pointer. A plugin refuses a struct smaller than the one it knows and
// reads zeros as "not given", so each of ours ends in spare zero words: fields that later versions append are then
// there, and unset, without a new build of gojax.
#ifndef GOJAX_PJRT_CAPI_H_
#define GOJAX_PJRT_CAPI_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Indices into the function table. Appended to, never reordered, since 0.57.
enum {
  FN_ERROR_DESTROY = 0,
  FN_ERROR_MESSAGE = 1,
  FN_ERROR_GETCODE = 2,
  FN_PLUGIN_INITIALIZE = 3,
  FN_EVENT_DESTROY = 5,
  FN_EVENT_ISREADY = 6,
  FN_EVENT_AWAIT = 8,
  FN_EVENT_ONREADY = 9,
  FN_CLIENT_CREATE = 10,
  FN_CLIENT_DESTROY = 11,
  FN_CLIENT_PLATFORMNAME = 12,
  FN_CLIENT_PLATFORMVERSION = 14,
  FN_CLIENT_DEVICES = 15,
  FN_CLIENT_ADDRESSABLEDEVICES = 16,
  FN_CLIENT_COMPILE = 20,
  FN_CLIENT_BUFFERFROMHOSTBUFFER = 22,
  FN_DEVICEDESCRIPTION_ID = 23,
  FN_DEVICEDESCRIPTION_PROCESSINDEX = 24,
  FN_DEVICEDESCRIPTION_KIND = 26,
  FN_DEVICE_GETDESCRIPTION = 29,
  FN_DEVICE_LOCALHARDWAREID = 31,
  FN_DEVICE_MEMORYSTATS = 34,
  FN_EXECUTABLE_DESTROY = 40,
  FN_EXECUTABLE_NUMOUTPUTS = 44,
  FN_EXECUTABLE_GETCOSTANALYSIS = 46,
  FN_EXECUTABLE_OPTIMIZEDPROGRAM = 48,
  FN_EXECUTABLE_SERIALIZE = 49,
  FN_LOADEDEXECUTABLE_DESTROY = 50,
  FN_LOADEDEXECUTABLE_GETEXECUTABLE = 51,
  FN_LOADEDEXECUTABLE_EXECUTE = 55,
  FN_EXECUTABLE_DESERIALIZEANDLOAD = 56,
  FN_BUFFER_DESTROY = 58,
  FN_BUFFER_ISDELETED = 68,
  FN_BUFFER_COPYTODEVICE = 69,
  FN_BUFFER_TOHOSTBUFFER = 70,
  FN_BUFFER_READYEVENT = 72,
  FN_BUFFER_UNSAFEPOINTER = 73,
  FN_EXECUTABLE_OUTPUTELEMENTTYPES = 90,
  FN_EXECUTABLE_OUTPUTDIMENSIONS = 91,
  FN_EXECUTABLE_GETCOMPILEDMEMORYSTATS = 96,
  FN_CLIENT_CREATEUNINITIALIZEDBUFFER = 112,
  FN_LAST_NEEDED = FN_CLIENT_CREATEUNINITIALIZEDBUFFER,
};

typedef struct gx_ext {
  size_t size;
  int type;
  struct gx_ext* next;
} gx_ext;

typedef struct {
  size_t size;
  gx_ext* extensions;
  size_t version_size;
  void* version_ext;
  int major, minor;
  void* fn[];
} gx_api;

#define HEAD   \
  size_t size; \
  void* ext;
#define SPARE uint64_t spare[8];

typedef struct { HEAD SPARE } PluginInitialize;
typedef struct { HEAD void* error; SPARE } ErrorDestroy;
typedef struct { HEAD void* error; const char* message; size_t len; SPARE } ErrorMessage;
typedef struct { HEAD void* error; int code; SPARE } ErrorGetCode;

typedef struct { HEAD void* event; SPARE } EventArg;  // Destroy, Await
typedef struct { HEAD void* event; bool ready; SPARE } EventIsReady;
typedef struct { HEAD void* event; void (*callback)(void* error, void* user); void* user; SPARE } EventOnReady;

// The types of named values.
enum { NAMED_STRING = 0, NAMED_INT64 = 1, NAMED_INT64_LIST = 2, NAMED_FLOAT = 3, NAMED_BOOL = 4 };

// How long a plugin may read the host memory that a buffer is made of: during the call alone, or, without copying it,
// for as long as the buffer lives.
enum { HOST_ONLY_DURING_CALL = 0, HOST_ZERO_COPY = 2 };

// A named value is an array element, so it has its exact size.
typedef struct {
  HEAD
  const char* name;
  size_t name_len;
  int type;
  union {
    const char* s;
    int64_t i;
    const int64_t* list;
    float f;
    bool b;
  } u;
  size_t value_size;
} NamedValue;

// What the plugin calls while it makes a client of several processes, and later: it fills these structs, but for their
// sizes, which it leaves as they happen to be. error makes the error to return, and copies the text; a value belongs to
// the plugin, which calls deleter with it.
typedef void* (*CallbackError)(int code, const char* text, size_t len);
typedef struct {
  HEAD
  const char* key;
  size_t key_len;
  int timeout_ms;
  CallbackError* error;
  void* user;
  char* value;
  size_t value_len;
  void (*deleter)(char* value);
} KeyValueGet;
typedef struct {
  HEAD
  const char* key;
  size_t key_len;
  CallbackError* error;
  void* user;
  char* value;
  size_t value_len;
  void (*deleter)(char* value);
} KeyValueTryGet;
typedef struct {
  HEAD
  const char* key;
  size_t key_len;
  const char* value;
  size_t value_len;
  CallbackError* error;
  void* user;
} KeyValuePut;

typedef struct {
  HEAD
  const NamedValue* options;
  size_t num_options;
  void* (*kv_get)(KeyValueGet*);
  void* kv_get_arg;
  void* (*kv_put)(KeyValuePut*);
  void* kv_put_arg;
  void* client;
  void* (*kv_try_get)(KeyValueTryGet*);
  void* kv_try_get_arg;
  SPARE
} ClientCreate;
typedef struct { HEAD void* client; SPARE } ClientDestroy;
typedef struct { HEAD void* client; const char* text; size_t len; SPARE } ClientText;  // PlatformName, PlatformVersion
// Devices, AddressableDevices.
typedef struct { HEAD void* client; void* const* devices; size_t num; SPARE } ClientDevices;

typedef struct { HEAD char* code; size_t code_len; const char* format; size_t format_len; SPARE } Program;
typedef struct {
  HEAD
  void* client;
  const Program* program;
  const char* options;
  size_t options_len;
  void* executable;
  SPARE
} ClientCompile;

typedef struct {
  HEAD
  const int64_t* minor_to_major;
  size_t num_minor_to_major;
  const int64_t* tile_dims;
  const size_t* tile_dim_sizes;
  size_t num_tiles;
} TiledLayout;
typedef struct { HEAD TiledLayout tiled; int type; SPARE } MemoryLayout;

typedef struct {
  HEAD
  void* client;
  const void* data;
  int type;
  const int64_t* dims;
  size_t num_dims;
  const int64_t* byte_strides;
  size_t num_byte_strides;
  int semantics;  // 0 copied during the call, 2 immutable zero-copy
  void* device;
  void* memory;
  MemoryLayout* layout;
  void* done;
  void* buffer;
  SPARE
} FromHostBuffer;

typedef struct {
  HEAD
  void* client;
  const int64_t* dims;
  size_t num_dims;
  int type;
  MemoryLayout* layout;
  void* device;
  void* memory;
  void* buffer;
  SPARE
} UninitializedBuffer;

typedef struct { HEAD void* desc; int id; SPARE } DescriptionId;  // Id, ProcessIndex
typedef struct { HEAD void* desc; const char* text; size_t len; SPARE } DescriptionText;
typedef struct { HEAD void* device; void* desc; SPARE } DeviceDescription;
typedef struct { HEAD void* device; int id; SPARE } DeviceHardwareId;
typedef struct {
  HEAD
  void* device;
  int64_t in_use;
  int64_t peak;
  bool has_peak;
  int64_t num_allocs;
  bool has_num_allocs;
  int64_t largest_alloc;
  bool has_largest_alloc;
  int64_t limit;
  bool has_limit;
  int64_t reserved;
  bool has_reserved;
  int64_t peak_reserved;
  bool has_peak_reserved;
  int64_t reservable;
  bool has_reservable;
  int64_t largest_free;
  bool has_largest_free;
  int64_t pool;
  bool has_pool;
  int64_t peak_pool;
  bool has_peak_pool;
  SPARE
} DeviceMemoryStats;

typedef struct { HEAD void* executable; SPARE } ExecutableArg;  // the Destroy calls
typedef struct { HEAD void* loaded; void* executable; SPARE } LoadedGetExecutable;
typedef struct { HEAD void* executable; size_t num; SPARE } ExecutableNumOutputs;
typedef struct { HEAD void* executable; int* types; size_t num; SPARE } ExecutableOutputTypes;
typedef struct {
  HEAD void* executable;
  size_t num;
  const int64_t* dims;
  const size_t* ranks;
  SPARE
} ExecutableOutputDims;
typedef struct { HEAD void* executable; size_t num; const NamedValue* properties; SPARE } ExecutableCost;
typedef struct { HEAD void* executable; Program* program; SPARE } ExecutableProgram;
typedef struct {
  HEAD
  void* executable;
  int64_t code, argument, output, alias, temp;
  int64_t host_code, host_argument, host_output, host_alias, host_temp;
  int64_t peak, total, total_allocation, indefinite, peak_unpadded;
  SPARE
} ExecutableMemory;
typedef struct {
  HEAD
  const void* executable;
  const char* bytes;
  size_t len;
  void* holder;
  void (*release)(void* holder);
  SPARE
} ExecutableSerialize;
typedef struct {
  HEAD
  void* client;
  const char* bytes;
  size_t len;
  void* loaded;
  const char* options;
  size_t options_len;
  SPARE
} ExecutableLoad;

typedef struct {
  HEAD
  void *send_callbacks, *recv_callbacks;
  size_t num_send, num_recv;
  int launch_id;
  const int64_t* kept_inputs;  // indices of the inputs that must not be donated
  size_t num_kept_inputs;
  void* context;
  const char* call_location;
  size_t num_tasks;
  int* task_ids;
  int64_t* incarnations;
  void* multi_slice;
  SPARE
} ExecuteOptions;
typedef struct {
  HEAD
  void* executable;
  ExecuteOptions* options;
  void* const* const* arguments;
  size_t num_devices;
  size_t num_args;
  void** const* outputs;
  void** events;
  void* device;
  SPARE
} Execute;

typedef struct { HEAD void* buffer; SPARE } BufferArg;  // Destroy
typedef struct { HEAD void* buffer; bool deleted; SPARE } BufferIsDeleted;
typedef struct { HEAD void* buffer; void* device; void* copy; SPARE } BufferCopyToDevice;
typedef struct {
  HEAD
  void* buffer;
  MemoryLayout* layout;
  void* dst;
  size_t dst_size;
  void* event;
  SPARE
} BufferToHost;
typedef struct { HEAD void* buffer; void* event; SPARE } BufferReadyEvent;
typedef struct { HEAD void* buffer; uintptr_t pointer; SPARE } BufferUnsafePointer;

// The FFI extension (type 5). The registration struct is the one of the versions this file names; it has no
// extension pointer and no api_version field, and has its exact size.
enum { EXT_FFI = 5 };
typedef struct {
  gx_ext base;
  void* type_id_register;
  void* user_data_add;
  void* register_handler;
} FFIExtension;
typedef struct {
  size_t size;
  const char* name;
  size_t name_len;
  void* handler;
  const char* platform;
  size_t platform_len;
  int traits;
} FFIRegister;

#endif
