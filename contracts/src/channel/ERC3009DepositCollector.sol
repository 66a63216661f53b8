// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IEIP3009} from "../token/IEIP3009.sol";
import {IDepositCollector} from "./IDepositCollector.sol";

/// @title ERC3009DepositCollector
/// @notice Fetches deposits by the payer's `ReceiveWithAuthorization` to this contract. Its nonce binds channel and
/// salt, so that it is good for no other channel. Holds nothing between calls.
contract ERC3009DepositCollector is IDepositCollector {
    using SafeERC20 for IERC20;

    /// @notice The hub, which alone may collect.
    address public immutable x402BatchSettlement;

    /// @notice The caller is not the hub.
    error OnlyX402BatchSettlement();
    /// @notice The hub is 0.
    error InvalidX402BatchSettlementAddress();

    /// @param hub Whose deposits it fetches.
    constructor(address hub) {
        if (hub == address(0)) revert InvalidX402BatchSettlementAddress();
        x402BatchSettlement = hub;
    }

    /// @inheritdoc IDepositCollector
    /// @dev `collectorData` is `abi.encode(validAfter, validBefore, salt, signature)`.
    function collect(
        address payer,
        address token,
        uint256 amount,
        bytes32 channelId,
        bytes calldata collectorData
    ) external {
        if (msg.sender != x402BatchSettlement) revert OnlyX402BatchSettlement();
        (uint256 validAfter, uint256 validBefore, uint256 salt, bytes memory signature) =
            abi.decode(collectorData, (uint256, uint256, uint256, bytes));
        bytes32 nonce = keccak256(abi.encode(channelId, salt));
        IEIP3009(token)
            .receiveWithAuthorization(payer, address(this), amount, validAfter, validBefore, nonce, signature);
        IERC20(token).safeTransfer(x402BatchSettlement, amount);
    }
}
