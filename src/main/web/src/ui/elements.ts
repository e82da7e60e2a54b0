/**
 * The parts of Element Plus the desk uses: what is not named here is not in the bundle. A part's
 * style goes into element-styles.ts, which only the page itself loads.
 */
export {
  ElButton,
  ElConfigProvider,
  ElDialog,
  ElDropdown,
  ElDropdownItem,
  ElDropdownMenu,
  ElImageViewer,
  ElInput,
  ElMessage,
  ElMessageBox,
  ElSwitch,
  ElTooltip,
} from 'element-plus'
