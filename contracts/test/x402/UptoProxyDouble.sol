// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISignatureTransfer} from "../../src/token/ISignatureTransfer.sol";
import {ProxyDouble} from "./ProxyDouble.sol";

/// @notice Moves at most what was permitted, for the facilitator that the payer named.
contract UptoProxyDouble is ProxyDouble {
    struct Witness {
        address to;
        address facilitator;
        uint256 validAfter;
    }

    string private constant _TYPE = "Witness(address to,address facilitator,uint256 validAfter)";

    error AmountExceedsPermitted();
    error UnauthorizedFacilitator();

    function settle(
        ISignatureTransfer.PermitTransferFrom calldata permit,
        uint256 amount,
        address owner,
        Witness calldata witness,
        bytes calldata signature
    ) external {
        _move(permit, amount, owner, witness, signature);
        emit Settled();
    }

    function settleWithPermit(
        EIP2612Permit calldata given,
        ISignatureTransfer.PermitTransferFrom calldata permit,
        uint256 amount,
        address owner,
        Witness calldata witness,
        bytes calldata signature
    ) external {
        _permit(permit, owner, given);
        _move(permit, amount, owner, witness, signature);
        emit SettledWithPermit();
    }

    function _move(
        ISignatureTransfer.PermitTransferFrom calldata permit,
        uint256 amount,
        address owner,
        Witness calldata witness,
        bytes calldata signature
    ) private {
        if (amount > permit.permitted.amount) revert AmountExceedsPermitted();
        if (msg.sender != witness.facilitator) revert UnauthorizedFacilitator();
        bytes32 hash = keccak256(abi.encode(keccak256(bytes(_TYPE)), witness));
        _settle(permit, amount, owner, witness.to, witness.validAfter, hash, _TYPE, signature);
    }
}
