// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IDepositCollector
/// @notice Fetches a deposit from its payer. The hub counts what arrives and trusts nothing else of it.
interface IDepositCollector {
    /// @notice Moves exactly `amount` from `payer` to the caller.
    /// @param payer Who pays.
    /// @param token ERC-20.
    /// @param amount Atomic units.
    /// @param channelId The channel, which the payer's consent must name.
    /// @param collectorData What this collector needs to move it.
    function collect(
        address payer,
        address token,
        uint256 amount,
        bytes32 channelId,
        bytes calldata collectorData
    ) external;
}
