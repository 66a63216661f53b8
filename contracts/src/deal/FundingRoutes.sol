// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IEIP3009} from "../token/IEIP3009.sol";
import {ISignatureTransfer} from "../token/ISignatureTransfer.sol";
import {Consent} from "./Consent.sol";
import {Funding, FundingKind} from "./DealTypes.sol";
import {IDealErrors} from "./IDealErrors.sol";

/// @title FundingRoutes
/// @notice The ways in for money. Each one is the payer's consent to a digest, or asks for it.
/// @dev Nothing here is called but the token, Permit2 and, by staticcall, the payer's contract account.
library FundingRoutes {
    using SafeERC20 for IERC20;

    /// @notice What is to come in.
    /// @param dealId The digest that the payer consents to: a deal's id, or that of a deposit.
    /// @param token The token.
    /// @param client Who pays.
    /// @param total Atomic units.
    struct Due {
        bytes32 dealId;
        address token;
        address client;
        uint256 total;
    }

    /// @dev An EIP-3009 authorization as EIP3009 data holds it.
    struct Authorization {
        uint256 validAfter;
        uint256 validBefore;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @dev Bytes of EIP3009 data.
    uint256 private constant _AUTHORIZATION_BYTES = 5 * 32;
    /// @dev Bytes of EIP3009_BYTES data with an empty signature.
    uint256 private constant _SIGNED_BYTES_MIN = 4 * 32;
    /// @dev Bytes of PERMIT2 data with an empty signature.
    uint256 private constant _PERMIT2_BYTES_MIN = 4 * 32;
    /// @dev Bytes of the permit that ALLOWANCE data begins with.
    uint256 private constant _PERMIT_BYTES = 4 * 32;

    /// @dev Permit2's address, the same on every chain.
    ISignatureTransfer private constant _PERMIT2 =
        ISignatureTransfer(0x000000000022D473030F116dDEE9F6B43aC78BA3);
    bytes32 private constant _WITNESS_TYPEHASH = keccak256("EarnestDeal(bytes32 dealId)");
    string private constant _WITNESS_TYPE_STRING =
        "EarnestDeal witness)EarnestDeal(bytes32 dealId)TokenPermissions(address token,uint256 amount)";

    /// @notice Takes exactly what is due from the client.
    /// @param due What is due.
    /// @param funding The way.
    function take(Due memory due, Funding calldata funding) internal {
        IERC20 token = IERC20(due.token);
        uint256 before = token.balanceOf(address(this));
        if (funding.kind == FundingKind.EIP3009) {
            _byAuthorization(due, funding.data);
        } else if (funding.kind == FundingKind.EIP3009_BYTES) {
            _byAuthorizationBytes(due, funding.data);
        } else if (funding.kind == FundingKind.ALLOWANCE) {
            _byAllowance(due, funding.data);
        } else if (funding.kind == FundingKind.PERMIT2) {
            _byPermit2(due, funding.data);
        } else {
            revert IDealErrors.FundingKindNotSupported(funding.kind);
        }
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != due.total) revert IDealErrors.UnexpectedTransferAmount(due.total, received);
    }

    /// @dev The authorization's nonce is the dealId: one signature pays and consents, once.
    function _byAuthorization(Due memory due, bytes calldata data) private {
        _requireLength(FundingKind.EIP3009, data, _AUTHORIZATION_BYTES);
        Authorization memory a = abi.decode(data, (Authorization));
        IEIP3009(due.token)
            .receiveWithAuthorization(
                due.client, address(this), due.total, a.validAfter, a.validBefore, due.dealId, a.v, a.r, a.s
            );
    }

    /// @dev The same with the signature as bytes.
    function _byAuthorizationBytes(Due memory due, bytes calldata data) private {
        _requireLength(FundingKind.EIP3009_BYTES, data, _SIGNED_BYTES_MIN);
        (uint256 validAfter, uint256 validBefore, bytes memory signature) =
            abi.decode(data, (uint256, uint256, bytes));
        IEIP3009(due.token)
            .receiveWithAuthorization(
                due.client, address(this), due.total, validAfter, validBefore, due.dealId, signature
            );
    }

    /// @dev The dealId is the witness: one signature pays and consents, once.
    function _byPermit2(Due memory due, bytes calldata data) private {
        _requireLength(FundingKind.PERMIT2, data, _PERMIT2_BYTES_MIN);
        (uint256 nonce, uint256 deadline, bytes memory signature) =
            abi.decode(data, (uint256, uint256, bytes));
        _PERMIT2.permitWitnessTransferFrom(
            ISignatureTransfer.PermitTransferFrom(
                ISignatureTransfer.TokenPermissions(due.token, due.total), nonce, deadline
            ),
            ISignatureTransfer.SignatureTransferDetails(address(this), due.total),
            due.client,
            keccak256(abi.encode(_WITNESS_TYPEHASH, due.dealId)),
            _WITNESS_TYPE_STRING,
            signature
        );
    }

    /// @dev An allowance is no consent: the client must send or sign as well.
    function _byAllowance(Due memory due, bytes calldata data) private {
        if (data.length == 0) {
            Consent.requireParty(due.client, due.dealId, data);
        } else {
            _requireLength(FundingKind.ALLOWANCE, data, _PERMIT_BYTES);
            Consent.requireParty(due.client, due.dealId, data[_PERMIT_BYTES:]);
            _tryPermit(due, data[:_PERMIT_BYTES]);
        }
        IERC20(due.token).safeTransferFrom(due.client, address(this), due.total);
    }

    /// @dev A permit that fails is let pass, as somebody may have sent it first; the transfer then tells.
    function _tryPermit(Due memory due, bytes calldata data) private {
        (uint256 deadline, uint8 v, bytes32 r, bytes32 s) =
            abi.decode(data, (uint256, uint8, bytes32, bytes32));
        if (deadline == 0) return;
        try IERC20Permit(due.token).permit(due.client, address(this), due.total, deadline, v, r, s) {}
            catch {}
    }

    /// @dev Requires that there is enough to read.
    function _requireLength(FundingKind kind, bytes calldata data, uint256 want) private pure {
        if (data.length < want) revert IDealErrors.FundingDataTooShort(kind, data.length, want);
    }
}
