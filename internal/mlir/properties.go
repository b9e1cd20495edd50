package mlir

import "strings"

// attributesOf are the attributes that operations of VHLO have (stablehlo/dialect/VhloOps.td), in the order in which
// bytecode has them. Those with a version are of that version alone.
var attributesOf = []struct{ ops, attributes string }{
	{"broadcast",
		"broadcast_sizes"},
	{"broadcast_in_dim",
		"broadcast_dimensions"},
	{"call",
		"callee"},
	{"cbrt cosine exponential exponential_minus_one log log_plus_one logistic rsqrt sine sqrt tan " +
		"tanh",
		"result_accuracy"},
	{"cholesky",
		"lower"},
	{"concatenate get_dimension_size set_dimension_size",
		"dimension"},
	{"constant",
		"value"},
	{"dynamic_iota iota",
		"iota_dimension"},
	{"dynamic_slice",
		"slice_sizes"},
	{"einsum unary_einsum",
		"einsum_config"},
	{"get_tuple_element",
		"index"},
	{"map reduce reverse",
		"dimensions"},
	{"outfeed",
		"outfeed_config"},
	{"rng",
		"rng_distribution"},
	{"rng_bit_generator",
		"rng_algorithm"},
	{"transpose",
		"permutation"},
	{"batch_norm_grad batch_norm_inference batch_norm_training",
		"epsilon feature_index"},
	{"collective_broadcast_v1",
		"channel_id replica_groups"},
	{"collective_permute",
		"channel_id source_target_pairs"},
	{"compare",
		"compare_type comparison_direction"},
	{"fft",
		"fft_length fft_type"},
	{"infeed",
		"infeed_config layout"},
	{"reduce_precision",
		"exponent_bits mantissa_bits"},
	{"sort",
		"dimension is_stable"},
	{"torch_index_select",
		"batch_dims dim"},
	{"all_reduce",
		"channel_id replica_groups use_global_device_ids"},
	{"collective_broadcast_v2",
		"channel_id has_dynamic_root replica_groups"},
	{"dynamic_broadcast_in_dim",
		"broadcast_dimensions known_expanding_dimensions known_nonexpanding_dimensions"},
	{"pad",
		"edge_padding_high edge_padding_low interior_padding"},
	{"recv_v1 send_v1",
		"channel_id channel_type is_host_transfer"},
	{"select_and_scatter",
		"padding window_dimensions window_strides"},
	{"slice",
		"limit_indices start_indices strides"},
	{"all_gather",
		"all_gather_dim channel_id replica_groups use_global_device_ids"},
	{"collective_reduce",
		"channel_id has_dynamic_root replica_groups use_global_device_ids"},
	{"composite",
		"composite_attributes decomposition name version"},
	{"recv_v2 send_v2",
		"channel_id channel_type is_host_transfer source_target_pairs"},
	{"reduce_scatter",
		"channel_id replica_groups scatter_dimension use_global_device_ids"},
	{"triangular_solve",
		"left_side lower transpose_a unit_diagonal"},
	{"all_to_all",
		"channel_id concat_dimension replica_groups split_count split_dimension"},
	{"dot_general_v1",
		"lhs_batching_dimensions lhs_contracting_dimensions precision_config rhs_batching_dimensions " +
			"rhs_contracting_dimensions"},
	{"dynamic_gather_v1",
		"collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims start_index_map"},
	{"func",
		"arg_attrs function_type res_attrs sym_name sym_visibility"},
	{"reduce_window",
		"base_dilations padding window_dilations window_dimensions window_strides"},
	{"gather_v1",
		"collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims slice_sizes " +
			"start_index_map"},
	{"scatter_v1",
		"index_vector_dim indices_are_sorted inserted_window_dims scatter_dims_to_operand_dims " +
			"unique_indices update_window_dims"},
	{"dynamic_gather_v2",
		"collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims operand_batching_dims " +
			"start_index_map start_indices_batching_dims"},
	{"custom_call_v1",
		"api_version backend_config call_target_name called_computations has_side_effect " +
			"operand_layouts output_operand_aliases result_layouts"},
	{"gather_v2",
		"collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims operand_batching_dims " +
			"slice_sizes start_index_map start_indices_batching_dims"},
	{"scatter_v2",
		"index_vector_dim indices_are_sorted input_batching_dims inserted_window_dims " +
			"scatter_dims_to_operand_dims scatter_indices_batching_dims unique_indices update_window_dims"},
	{"custom_call_v2",
		"api_version backend_config call_target_name called_computations has_side_effect " +
			"operand_layouts output_operand_aliases result_layouts result_tilings"},
	{"dot_general_v2",
		"accumulation_type allow_imprecise_accumulation lhs_batching_dimensions lhs_component_count " +
			"lhs_contracting_dimensions lhs_precision_type num_primitive_operations precision_config " +
			"rhs_batching_dimensions rhs_component_count rhs_contracting_dimensions rhs_precision_type"},
	{"dynamic_conv_v2",
		"batch_group_count feature_group_count input_batch_dimension input_feature_dimension " +
			"input_spatial_dimensions kernel_input_feature_dimension kernel_output_feature_dimension " +
			"kernel_spatial_dimensions lhs_dilation output_batch_dimension output_feature_dimension " +
			"output_spatial_dimensions precision_config rhs_dilation window_reversal window_strides"},
	{"convolution dynamic_conv_v1",
		"batch_group_count feature_group_count input_batch_dimension input_feature_dimension " +
			"input_spatial_dimensions kernel_input_feature_dimension kernel_output_feature_dimension " +
			"kernel_spatial_dimensions lhs_dilation output_batch_dimension output_feature_dimension " +
			"output_spatial_dimensions padding precision_config rhs_dilation window_reversal " +
			"window_strides"},
}

var propertiesOf = func() map[string][]string {
	all := map[string][]string{}
	for _, row := range attributesOf {
		for _, op := range strings.Fields(row.ops) {
			all[op] = strings.Fields(row.attributes)
		}
	}
	return all
}()

// kindsOf says for names of attributes what those may be, where this is the same for all operations. What was not
// understood is nil, and nothing is said of it.
var kindsOf = func() map[string]func(Attr) bool {
	all := map[string]func(Attr) bool{}
	for _, row := range []struct {
		names string
		fits  func(Attr) bool
	}{
		{"sym_name sym_visibility callee call_target_name decomposition einsum_config infeed_config outfeed_config",
			is[string]},
		{"function_type", func(a Attr) bool { t, ok := a.(Type); return a == nil || ok && t.Kind == Function }},
		{"lower left_side unit_diagonal is_stable indices_are_sorted unique_indices has_side_effect is_host_transfer",
			is[bool]},
		{"dimension iota_dimension index index_vector_dim feature_group_count batch_group_count exponent_bits " +
			"mantissa_bits feature_index epsilon all_gather_dim concat_dimension split_count split_dimension " +
			"scatter_dimension input_batch_dimension input_feature_dimension kernel_input_feature_dimension " +
			"kernel_output_feature_dimension output_batch_dimension output_feature_dimension", is[Number]},
		{"arg_attrs res_attrs called_computations output_operand_aliases precision_config", is[[]Attr]},
		{"comparison_direction compare_type fft_type rng_distribution rng_algorithm transpose_a api_version", is[Enum]},
		{"broadcast_sizes broadcast_dimensions slice_sizes permutation limit_indices start_indices strides " +
			"fft_length edge_padding_high edge_padding_low interior_padding replica_groups source_target_pairs value " +
			"padding " +
			"window_dimensions window_strides base_dilations window_dilations lhs_dilation rhs_dilation " +
			"window_reversal collapsed_slice_dims offset_dims start_index_map operand_batching_dims " +
			"start_indices_batching_dims inserted_window_dims scatter_dims_to_operand_dims update_window_dims " +
			"input_batching_dims scatter_indices_batching_dims lhs_batching_dimensions " +
			"lhs_contracting_dimensions rhs_batching_dimensions rhs_contracting_dimensions " +
			"input_spatial_dimensions kernel_spatial_dimensions output_spatial_dimensions", is[Dense]},
	} {
		for _, name := range strings.Fields(row.names) {
			all[name] = row.fits
		}
	}
	return all
}()

func is[T any](a Attr) bool {
	_, ok := a.(T)
	return a == nil || ok
}

// readProperties reads the attributes of o that bytecode of newer versions has apart from others.
func (f *file) readProperties(o *Op, i uint64) {
	if !strings.HasPrefix(o.Name, "vhlo.") {
		return
	}
	if i >= uint64(len(f.properties)) {
		f.bad = true
		return
	}
	names, ok := propertiesOf[strings.TrimPrefix(o.Name, "vhlo.")]
	if !ok {
		names = propertiesOf[shortName(o.Name)]
	}
	s := f.scan(f.properties[i])
	if len(s.b) == 0 { // an older version of the operation, which has none
		return
	}
	for _, name := range names {
		a := f.attrAt(s.uint())
		if fits, ok := kindsOf[name]; ok && !fits(a) {
			f.bad = true // XLA's reader aborts the process for some of these
		}
		o.Attrs = append(o.Attrs, NamedAttr{name, a})
	}
	if len(s.b) > 0 {
		f.unknown("more attributes of %s than are known", o.Name)
	}
}
