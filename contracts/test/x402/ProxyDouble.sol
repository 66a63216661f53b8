// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISignatureTransfer} from "../../src/token/ISignatureTransfer.sol";

/// @notice What the x402 proxies before Permit2 have in common, written from their documentation and ABI. They
/// stand at one address on every chain and are not ours to ship: with these, a chain of one's own has them.
abstract contract ProxyDouble {
    /// @notice An EIP-2612 permit for Permit2.
    struct EIP2612Permit {
        uint256 value;
        uint256 deadline;
        bytes32 r;
        bytes32 s;
        uint8 v;
    }

    ISignatureTransfer public constant PERMIT2 =
        ISignatureTransfer(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    event Settled();
    event SettledWithPermit();

    error InvalidDestination();
    error InvalidOwner();
    error InvalidAmount();
    error PaymentTooEarly();
    error Permit2612AmountMismatch();

    function _settle(
        ISignatureTransfer.PermitTransferFrom calldata permit,
        uint256 amount,
        address owner,
        address to,
        uint256 validAfter,
        bytes32 witness,
        string memory witnessType,
        bytes calldata signature
    ) internal {
        if (amount == 0) revert InvalidAmount();
        if (owner == address(0)) revert InvalidOwner();
        if (to == address(0)) revert InvalidDestination();
        if (block.timestamp < validAfter) revert PaymentTooEarly();
        PERMIT2.permitWitnessTransferFrom(
            permit,
            ISignatureTransfer.SignatureTransferDetails(to, amount),
            owner,
            witness,
            string.concat("Witness witness)TokenPermissions(address token,uint256 amount)", witnessType),
            signature
        );
    }

    /// @dev One that fails is passed over, as the allowance may be there already.
    function _permit(
        ISignatureTransfer.PermitTransferFrom calldata permit,
        address owner,
        EIP2612Permit calldata given
    ) internal {
        if (given.value != permit.permitted.amount) revert Permit2612AmountMismatch();
        (bool ok,) = permit.permitted.token
            .call(
                abi.encodeWithSignature(
                    "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
                    owner,
                    address(PERMIT2),
                    given.value,
                    given.deadline,
                    given.v,
                    given.r,
                    given.s
                )
            );
        ok;
    }
}
